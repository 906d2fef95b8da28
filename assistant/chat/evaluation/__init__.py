"""The evaluation's tab: a run in a process of its own, how far it is, and the reports. HTML and JSON out.

May import assistant.chat and index."""
