"""Whether the sentences of passages support a claim: its words, names, figures, negations and reserve, compared.

In: a claim. Out: Verdict. May import assistant and index."""
