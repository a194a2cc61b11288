"""Lookup tables, in the form of the package spacy-lookups-data: paths that spaCy reads on demand."""

from importlib.resources import files

tk = {"lexeme_norm": files(__package__).joinpath("data/tk_lexeme_norm.json")}
