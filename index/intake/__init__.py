"""What is not trusted, taken in: pages fetched from public addresses, within what robots.txt lets us.

May import index.intake, index.reading, index.storage, index.formats, index.addresses and index.errors."""
