"""Norwegian and English for the search: one analysis and one interpretation for every engine."""
