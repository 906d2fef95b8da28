"""The web page: its layout and events, HTML made by our own builder, the guard before its routes.

In: answers. Out: HTML. May import assistant.citations, assistant.settings, assistant.types and index."""
