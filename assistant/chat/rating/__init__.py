"""What readers think of answers: two thumbs, and a reason for the one that points down. HTML and ratings out.

May import assistant.chat and index."""
