"""Listed names: the table that holds them, its file format, and the lookup of a written word."""
