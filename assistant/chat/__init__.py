"""The web page: its layout and events, HTML made by our own builder, the guard before its routes. Answers in, HTML out.

May import assistant.citations, assistant.conversation, assistant.settings, assistant.types, assistant.web and index."""
