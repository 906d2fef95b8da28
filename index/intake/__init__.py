"""What is not trusted, taken in: files read in processes of their own, also on Ray's workers; public pages fetched.

May import index.preparing, index.reading, index.storage, index.formats, index.addresses, index.types, index.errors."""
