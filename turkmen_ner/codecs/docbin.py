"""spaCy's Doc and DocBin: tokens, entities with label, id and kb id, all else that we know in `doc.user_data`."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from turkmen_ner.entity import DEFAULTS, DETAILS, Entity, to_row
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.orthography.segmentation import pieces

ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "LEMMA", "MORPH")


def write(docs: Iterable[Doc]) -> Iterator[bytes]:
    """One DocBin: its documents are kept until the last."""
    held = DocBin(attrs=ATTRS, store_user_data=True)
    for doc in docs:
        held.add(doc)
    yield held.to_bytes()


def read(data: bytes) -> Iterator[Doc]:
    """The documents of a DocBin, of another pipeline as well. RAISES (ValueError): If it is none."""
    try:
        held = DocBin().from_bytes(data)
    except Exception as error:  # whatever zlib and msgpack say
        raise ValueError(f"not a DocBin of spaCy: {error}") from None
    yield from held.get_docs(spacy.blank("tk").vocab)


# --- a document ----------------------------------------------------------------------------------------------------


def to_doc(text: str, entities: Sequence[Entity], nlp: Language) -> Doc:
    """A document with tokens and entities, made without the pipeline that found them. nlp: Makes the tokens."""
    text = encodable(text)
    doc = nlp.make_doc(text)
    spans = _spans(doc, entities)
    if len(spans) < len(entities):  # an entity begins or ends within a token
        borders = sorted(
            {0, *accumulate(map(len, pieces(text))), *(place for e in entities for place in (e.start, e.end))}
        )
        words = [text[start:end] for start, end in pairwise(borders)]
        doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
        spans = _spans(doc, entities)
    doc.set_ents(filter_spans(spans))
    doc.user_data[DETAILS] = [to_row(e) for e in entities]
    return doc


def _spans(doc: Doc, entities: Sequence[Entity]) -> list[Span]:
    found = (
        doc.char_span(e.start, e.end, label=encodable(e.label), kb_id=encodable(e.kb), span_id=encodable(e.id))
        for e in entities
    )
    return [span for span in found if span is not None]


def from_doc(doc: Doc, text: str) -> tuple[Entity, ...]:
    """The entities of a tagged document, those of other components as well. text (str): As given."""
    rows = {(row["start"], row["end"]): row for row in doc.user_data.get(DETAILS, ())}
    order = sorted(rows)
    return tuple([_entity(text, ent, rows, order) for ent in doc.ents])


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
    return Entity(text[start:end], ent.label_, start, end, **{key: row[key] for key in DEFAULTS if key in row})
