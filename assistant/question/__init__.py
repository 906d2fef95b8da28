"""A question, analysed: its telling words, the answer it asks for, what it leans on, whether it asks to sum up.

In: a question. Out: Question, Overview. May import assistant.types, assistant.values, index.text and index.types."""
