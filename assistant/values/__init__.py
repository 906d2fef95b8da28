"""Numbers, units and dates as typed values, with where they stand in a text: ١٢ ألف = 12,000 = اثنا عشر ألفًا.

In: text. Out: Value, Date. May import index.text."""
