"""What is not trusted, taken in: documents read in a process of its own, pages fetched from public addresses.

May import index.intake, index.reading, index.storage, index.formats, index.types, index.addresses and index.errors."""
