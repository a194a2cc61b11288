"""Entities in other forms. HTML is displaCy's, with colours that colour-blind people can tell apart."""

from collections.abc import Iterable
from typing import Any, Protocol

from spacy import displacy


class EntityLike(Protocol):
    """What a format needs of an entity."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102


# Okabe and Ito's palette, lightened: told apart with any kind of colour vision, dark text readable on each.
COLORS = {
    "PERSON": "#f2c14e", "CITY": "#8ecae6", "COUNTRY": "#7fd1ae",
    "REGION": "#d3e8a2", "BODY": "#f4a6c0", "SHIP": "#cdb4db",
    "PER": "#f2c14e", "GPE": "#8ecae6", "LOC": "#d3e8a2", "ORG": "#f4a6c0", "PRODUCT": "#cdb4db", "MISC": "#cdb4db",
}  # fmt: skip


def to_html(text: str, entities: Iterable[EntityLike], *, page: bool = False) -> str:
    """Mark entities in a text as HTML."""
    ents = [{"start": e.start, "end": e.end, "label": e.label} for e in entities]
    document: dict[str, Any] = {"text": text, "ents": ents, "title": None, "settings": {"lang": "tk"}}
    options = {"colors": COLORS}
    return str(displacy.render(document, style="ent", manual=True, page=page, jupyter=False, options=options))
