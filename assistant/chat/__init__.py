"""The web page: its layout and events, HTML made by our own builder, the guard before its routes.

In: something that streams answers. Out: HTML. May import assistant.types, assistant.citations and index.text."""
