"""Running text as pages, sentences and clauses. The map is at the head of `reading`."""
