"""What our component leaves in `doc.user_data`."""

from typing import Any

from spacy.tokens import Doc

from turkmen_ner.entity import DETAILS


def doc_rows(doc: Doc) -> list[dict[str, Any]]:
    """The rows of our entities, in order."""
    return [row for key, row in sorted(doc.user_data.items()) if key[1] == DETAILS]
