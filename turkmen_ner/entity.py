"""`Entity`, what tagging gives, and its row in `doc.user_data`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from turkmen_ner.orthography.alphabet import encodable

DETAILS = "turkmen_ner"  # key of doc.user_data: one row for each of our entities


@dataclass(frozen=True, slots=True)
class Entity:
    """One named entity.

    text (str): As written, with its suffix. label (str): In the scheme of the pipeline.
    start, end (int): Offsets into the text in Python characters: `text[e.start:e.end] == e.text`.
    name (str): Base form, also for unlisted names. features (dict): Universal Dependencies features of the last word.
    id (str): Id of the listed entry, stable across releases; one made within the document for an unlisted name.
    kb (str): Id with a scheme for outside ids (`geonames:88319`, `iso3166:TR`), or "".
    source (str): The entry or rule that decided, `cities.yaml:12 bengazi`. listed (bool): Whether an entry did.
    """

    text: str
    label: str
    start: int
    end: int
    name: str = ""
    features: Mapping[str, str] = field(default_factory=dict, hash=False)
    id: str = ""
    kb: str = ""
    source: str = ""
    listed: bool = False

    @property
    def case(self) -> str:
        """The case in Universal Dependencies spelling: Nom, Gen, Dat, Acc, Loc, Abl or Equ."""
        return self.features.get("Case", "")

    def __reduce__(self) -> tuple[Any, ...]:  # what a dataclass with slots does by itself takes ten times as long
        return Entity, (
            self.text, self.label, self.start, self.end, self.name, self.features, self.id, self.kb, self.source,
            self.listed,
        )  # fmt: skip


def _row(entity: Entity) -> dict[str, Any]:
    """What the component leaves in doc.user_data."""
    texts = {key: encodable(getattr(entity, key)) for key in ("label", "name", "id", "kb", "source")}
    places = {"start": entity.start, "end": entity.end, "listed": entity.listed}
    return texts | places | {"features": dict(entity.features)}
