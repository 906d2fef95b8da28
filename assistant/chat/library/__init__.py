"""The library's tab: its articles listed, read, added and taken out. Requests in, HTML and JSON out.

May import assistant.chat and index."""
