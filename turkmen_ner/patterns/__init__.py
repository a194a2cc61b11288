"""From pattern files and entries to a gazetteer: read, check, compile, load."""
