"""`Entity`, what tagging gives, and its row in `doc.user_data`. All that lists its fields takes them from here."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import Any, get_origin

from turkmen_ner.orthography.alphabet import encodable

DETAILS = "turkmen_ner"  # in the keys of doc.user_data under which our entities have their rows


@dataclass(frozen=True, slots=True)
class Entity:
    """One named entity.

    text (str): As written, with its suffix. label (str): In the scheme of the pipeline.
    start, end (int): Offsets into the text in Python characters: `text[e.start:e.end] == e.text`.
    name (str): Base form, also for unlisted names. features (dict): Universal Dependencies features of the last word.
    id (str): Id of the listed entry, stable across releases; one made within the document for an unlisted name.
    kb (str): Id with a scheme for outside ids (`geonames:88319`, `iso3166:TR`), or "".
    source (str): The entry or rule that decided, `cities.yaml:12 bengazi`. listed (bool): Whether an entry did.
    score (float): How sure it is, 0 to 1: of those with 0.8 about 80 % are right. 0 where nobody has said.
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
    score: float = 0.0

    @property
    def case(self) -> str:
        """The case in Universal Dependencies spelling: Nom, Gen, Dat, Acc, Loc, Abl or Equ."""
        return self.features.get("Case", "")

    def __reduce__(self) -> tuple[Any, ...]:  # what a dataclass with slots does by itself takes ten times as long
        return Entity, _values(self)


Marked = tuple[str, Sequence[Entity]]  # a text and its entities, in order and without overlaps
NamedText = tuple[str, str, Sequence[Entity]]  # what a text is called, such as its file; the text; its entities

KINDS: dict[str, Any] = {
    f.name: get_origin(f.type) or f.type for f in fields(Entity)
}  # str, int, bool, float or Mapping
DEFAULTS: dict[str, Any] = {  # of the fields that need not be given, those after end
    f.name: f.default if f.default_factory is MISSING else f.default_factory()
    for f in fields(Entity)
    if f.default is not MISSING or f.default_factory is not MISSING
}
COLUMNS = tuple(column for name in KINDS for column in ((name, "case") if name == "name" else (name,)))

_values = attrgetter(*KINDS)
_columns = attrgetter(*COLUMNS)
_ROW = tuple(name for name in KINDS if name not in ("start", "end"))
_row_values = attrgetter(*_ROW)


def as_dict(entity: Entity) -> dict[str, Any]:
    """The fields and the case under the keys `COLUMNS`, in plain types.

    >>> as_dict(Entity("Mara", "CITY", 3, 7, "Mary", {"Case": "Dat"}))["case"]
    'Dat'
    """
    return dict(zip(COLUMNS, _columns(entity), strict=True)) | {"features": dict(entity.features)}


def known(entity: Entity) -> dict[str, Any]:
    """The fields after end that are not as they are by default.

    >>> known(Entity("Mara", "CITY", 3, 7, "Mary", kb="geonames:1"))
    {'name': 'Mary', 'kb': 'geonames:1'}
    """
    return {key: value for key, default in DEFAULTS.items() if (value := getattr(entity, key)) != default}


def row_key(start: int, end: int) -> tuple[str, str, int, int]:
    """The key of a row in doc.user_data: that of an attribute of a span, which spaCy moves with the span.

    start, end (int): Offsets of the span into the text of the document, in Python characters.
    """
    return "._.", DETAILS, start, end


def to_row(entity: Entity, start: int) -> dict[str, Any]:
    """The row of an entity, in types that msgpack and JSON know: its fields, but how far it begins behind start.

    start (int): Where the span begins; whole tokens may be more than the entity.
    """
    row: dict[str, Any] = dict(zip(_ROW, _row_values(entity), strict=True))
    row["features"] = dict(entity.features)
    row["offset"] = entity.start - start
    return encodable_row(row)


def encodable_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of which all strings can be encoded: itself, nearly always."""
    written = "".join([value for value in row.values() if type(value) is str])
    if encodable(written) is written:
        return row
    return {key: encodable(value) if type(value) is str else value for key, value in row.items()}


def from_row(row: Any, start: int, label: str, id: str, text: str) -> Entity | None:
    """The entity of a row, if it is about this span: the row of another has another text, label or id.

    start (int), label, id (str): Of the span. text (str): Of the document, as given.
    """
    if not isinstance(row, Mapping) or (row.get("label"), row.get("id")) != (label, id):
        return None
    offset, shown = row.get("offset"), row.get("text")
    rest = {key: row[key] for key in DEFAULTS if key in row}
    if type(offset) is not int or not isinstance(shown, str) or not all(isinstance(rest[k], KINDS[k]) for k in rest):
        return None
    start += offset
    end = start + len(shown)
    surface = text[start:end]
    return Entity(surface, label, start, end, **rest) if shown and encodable(surface) == shown else None
