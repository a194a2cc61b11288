"""`python -m turkmen_ner.cli`."""

from turkmen_ner.cli import app

app(prog_name="turkmen-ner")
