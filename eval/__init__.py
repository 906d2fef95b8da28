"""The evaluation: how right and how well cited answers are, against known facts, with intervals.

In: facts, a library. Out: reports. May import assistant and index."""
