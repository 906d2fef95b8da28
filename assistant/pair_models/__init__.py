"""Models that read two texts together: our own, and those of a hub.

In: texts. Out: marks for each pair. May import assistant.linear and index."""
