"""Many documents: reading them, marked texts, counts of names, scores."""
