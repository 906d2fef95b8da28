"""What every server of ours stands behind: who may ask it, how much, by which name, and how a port is taken.

May import index."""
