"""Language data, in the shape of spacy/lang."""
