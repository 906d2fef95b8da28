"""A conversation as a file to keep. In: turns as the browser kept them. Out: Markdown, JSON, Word.

May import assistant.chat, assistant.types and index."""
