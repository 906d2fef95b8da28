"""What a terminal shows of lines: its width and colours, and who sets Arabic in order, the terminal or we.

In: lines of text. Out: text for an output. May import index.text."""
