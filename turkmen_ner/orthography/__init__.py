"""Letters, spellings, and where words begin and end."""
