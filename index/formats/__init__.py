"""The formats that articles come in, one file each; what is common to them: documents, entries, encodings, field names.

In: a Document. Out: entries and problems. May import index.formats, index.text, index.types and index.errors."""
