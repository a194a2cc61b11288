"""What tagging gives: `Entity`, and `TaggedText`, a text with its entities."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, overload

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from turkmen_ner.entity import DETAILS, Entity, _row
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.orthography.segmentation import pieces

if TYPE_CHECKING:
    import pandas


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
        if self._nlp is None:
            return self.exact_doc(spacy.blank("tk"))
        return self._nlp(readable(self._nlp, self.text))

    def exact_doc(self, nlp: Language) -> Doc:
        """A spaCy document whose entities are exactly these, made without tagging. nlp (Language): Makes the tokens.

        The one at hand; or, if there is none or one of its tokens is more than an entity, one with tokens and entities.
        """
        exact = self._doc is not None and [(e.start_char, e.end_char) for e in self._doc.ents] == [
            (e.start, e.end) for e in self._entities
        ]
        return self._doc if exact and self._doc is not None else _bare(self.text, self._entities, nlp)

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

    def to_frame(self) -> "pandas.DataFrame":
        """The entities as a data frame, a row each. RAISES (ImportError): Without pandas, `turkmen_ner[pandas]`."""
        from turkmen_ner.codecs.tables import to_frame

        return to_frame(self)

    def to_html(self, *, page: bool = False) -> str:
        """The text with its entities marked, as HTML (displaCy); a whole page when `page` is true."""
        from turkmen_ner.codecs.html import to_html

        return to_html(self.text, self._entities, page=page)

    def to_conll(self) -> str:
        """The text as CoNLL: a word a line, IOB2 tags; columns and breaks are told in docs/formats.md."""
        from turkmen_ner.codecs.conll import to_conll

        return to_conll(self)

    def to_brat(self) -> str:
        """The entities as the .ann file of brat; its .txt file is the text."""
        from turkmen_ner.codecs.brat import to_brat

        return to_brat(self)

    def _repr_html_(self) -> str:
        return self.to_html()


Named = tuple[str, TaggedText]  # what a text is called, such as its file, and the text


def readable(nlp: Language, text: str) -> str | Doc:
    """A text as the pipeline takes it: what spaCy can encode; as tokens if it is longer than `nlp.max_length`.

    That limit is for the memory of parsers, and a text is not refused for it.
    """
    text = encodable(text)
    return text if len(text) <= nlp.max_length else nlp.tokenizer(text)


def entities(doc: Doc, text: str) -> tuple[Entity, ...]:
    """The entities of a tagged document, those of other components as well. text (str): As given."""
    rows = {(row["start"], row["end"]): row for row in doc.user_data.get(DETAILS, ())}
    order = sorted(rows)
    return tuple([_entity(text, ent, rows, order) for ent in doc.ents])


def _bare(text: str, entities: Sequence[Entity], nlp: Language) -> Doc:
    """A document with tokens and entities, made without the pipeline that found them."""
    text = encodable(text)
    doc = nlp.make_doc(text)
    spans = _spans(doc, entities)
    if len(spans) < len(entities):  # a token is cut by an entity
        borders = sorted(
            {0, *accumulate(map(len, pieces(text))), *(place for e in entities for place in (e.start, e.end))}
        )
        words = [text[start:end] for start, end in pairwise(borders)]
        doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
        spans = _spans(doc, entities)
    doc.set_ents(filter_spans(spans))
    doc.user_data[DETAILS] = [_row(e) for e in entities]
    return doc


def _spans(doc: Doc, entities: Sequence[Entity]) -> list[Span]:
    found = (
        doc.char_span(e.start, e.end, label=encodable(e.label), kb_id=encodable(e.kb), span_id=encodable(e.id))
        for e in entities
    )
    return [span for span in found if span is not None]


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
