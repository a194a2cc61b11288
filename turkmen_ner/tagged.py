"""What tagging gives: `Entity`, and `TaggedText`, a text with its entities."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from turkmen_ner.alphabet import encodable
from turkmen_ner.component import DETAILS
from turkmen_ner.formats import to_html


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


class TaggedText(Sequence[Entity]):
    """A text with its entities in order; shows itself in a notebook.

    doc (Doc): A document that a pipeline has tagged. text (str): The text as given, when it is not `doc.text`: a Doc
        has U+FFFD for each half of a surrogate pair.

    >>> found = TaggedText.of("Ol Mara bardy.", [Entity("Mara", "CITY", 3, 7, "Mary")])
    >>> found[0].name, found.doc.ents
    ('Mary', (Mara,))
    """

    text: str
    _entities: tuple[Entity, ...]
    _doc: Doc | None
    _nlp: Language | None

    def __init__(self, doc: Doc, text: str | None = None) -> None:
        if text is None:
            text = doc.text
        self._set(text, entities(doc, text), doc)

    @classmethod
    def of(cls, text: str, entities: Iterable[Entity], *, nlp: Language | None = None) -> "TaggedText":
        """A text with entities that were found before, in order and apart.

        nlp (Language): The pipeline that makes `doc` when it is asked for; without one it has tokens and entities only.
        """
        found = cls.__new__(cls)
        found._set(text, tuple(entities), None, nlp)
        return found

    def _set(self, text: str, entities: tuple[Entity, ...], doc: Doc | None, nlp: Language | None = None) -> None:
        self.text, self._entities, self._doc, self._nlp = text, entities, doc, nlp

    @property
    def doc(self) -> Doc:
        """The spaCy document."""
        if self._doc is None:
            self._doc = self._make()
        return self._doc

    def _make(self) -> Doc:
        text = encodable(self.text)
        return self._nlp(text) if self._nlp is not None else _bare(text, self._entities)

    def __getstate__(self) -> dict[str, Any]:
        return {"text": self.text, "_entities": self._entities, "_doc": self._doc, "_nlp": None}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TaggedText) and (self.text, self._entities) == (other.text, other._entities)

    def __hash__(self) -> int:
        return hash((self.text, self._entities))

    def __len__(self) -> int:
        return len(self._entities)

    @overload
    def __getitem__(self, index: int) -> Entity: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entity, ...]: ...
    def __getitem__(self, index: int | slice) -> Entity | tuple[Entity, ...]:
        """The entity at a place, or several as a tuple."""
        return self._entities[index]

    def __repr__(self) -> str:
        shown = ", ".join(f"{e.text} {e.label}" for e in self._entities[:8])
        return f"<TaggedText: {len(self)} entities: {shown}{', …' if len(self) > 8 else ''}>"

    def to_dicts(self) -> list[dict[str, Any]]:
        """The entities as plain dicts, one each, with the keys of `Entity` and `case`."""
        return [
            {
                "text": e.text, "label": e.label, "start": e.start, "end": e.end, "name": e.name, "case": e.case,
                "features": dict(e.features), "id": e.id, "kb": e.kb, "source": e.source, "listed": e.listed,
            }
            for e in self._entities
        ]  # fmt: skip

    def to_html(self, *, page: bool = False) -> str:
        """The text with its entities marked, as HTML (displaCy); a whole page when `page` is true."""
        return to_html(self.text, self._entities, page=page)

    def _repr_html_(self) -> str:
        return self.to_html()


def entities(doc: Doc, text: str) -> tuple[Entity, ...]:
    """The entities of a tagged document, those of other components as well. text (str): As given."""
    rows = {(row["start"], row["end"]): row for row in doc.user_data.get(DETAILS, ())}
    order = sorted(rows)
    return tuple([_entity(text, ent, rows, order) for ent in doc.ents])


def _bare(text: str, entities: Sequence[Entity]) -> Doc:
    """A document with tokens and entities, made without the pipeline that found them."""
    doc = spacy.blank("tk").make_doc(text)
    spans = [
        doc.char_span(e.start, e.end, label=e.label, kb_id=e.kb, span_id=e.id, alignment_mode="expand")
        for e in entities
    ]
    doc.set_ents(filter_spans([span for span in spans if span is not None]))
    return doc


def _entity(
    text: str, ent: Any, rows: Mapping[tuple[int, int], Mapping[str, Any]], order: Sequence[tuple[int, int]]
) -> Entity:
    """The entity of a span, with our row for it or for what it was expanded from. order: the keys of rows, sorted."""
    row = rows.get((ent.start_char, ent.end_char))
    if row is None or row["label"] != ent.label_:
        inside = order[bisect_left(order, (ent.start_char, 0)) : bisect_left(order, (ent.end_char, 0))]
        row = next((rows[at] for at in inside if at[1] <= ent.end_char and rows[at]["label"] == ent.label_), None)
    if row is None:  # set by another component
        start, end = ent.start_char, ent.end_char
        return Entity(text[start:end], ent.label_, start, end, ent.text, {}, ent.id_, ent.kb_id_, "", False)
    start, end = row["start"], row["end"]
    rest = {key: row[key] for key in ("name", "features", "id", "kb", "source", "listed")}
    return Entity(text[start:end], ent.label_, start, end, **rest)
