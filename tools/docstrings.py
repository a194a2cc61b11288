"""Docstrings of this project for mkdocstrings: arguments, results and errors become a list."""

import re
from typing import Any

import griffe

# `name (type): `, `start, end (int): `, `RETURNS (list of str): `; a second error has no word before it
FIELD = re.compile(r"(?:^|(?<=\. ))((?:\w+, )*\w+ )?\(([\w ,]+)\): ")


class Fields(griffe.Extension):
    """Rewrite the docstring of each object when it is read."""

    def on_instance(self, *, obj: Any, **kwargs: Any) -> None:
        """Griffe calls this for each module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = as_list(obj.docstring.value)


def as_list(docstring: str) -> str:
    r"""A docstring with its fields as a Markdown list, and examples as code.

    >>> print(as_list("Tag.\n\ntext (str): Any length. nlp (Language): A pipeline.\nRAISES (TypeError): If not."))
    Tag.
    <BLANKLINE>
    - **text** (str): Any length.
    - **nlp** (Language): A pipeline.
    - **RAISES** (TypeError): If not.
    """
    text, _, examples = docstring.partition("\n>>> ")
    text = "\n\n".join(_paragraph(part) for part in text.strip().split("\n\n"))
    return f"{text}\n\n```pycon\n>>> {examples}\n```" if examples else text


def _paragraph(text: str) -> str:
    line = " ".join(text.split())
    if not FIELD.search(line):
        return text
    items = FIELD.sub(lambda found: f"\n- **{(found[1] or 'RAISES').strip()}** ({found[2]}): ", line)
    return "\n".join(item.strip() for item in items.strip().splitlines())
