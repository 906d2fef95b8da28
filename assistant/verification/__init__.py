"""Whether the sentences of passages support a claim: its words, names, figures, negations and reserve, compared.

In: a claim, passages. Out: Verdict. May import assistant.values and index.text."""
