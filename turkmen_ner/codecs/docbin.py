"""spaCy's Doc and DocBin: tokens, entities with label, id and kb id, all else that we know in `doc.user_data`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

from turkmen_ner.entity import Entity, from_row, row_key, to_row
from turkmen_ner.lang.tk.tokenizer import TurkmenTokenizer
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.orthography.segmentation import segment

ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "LEMMA", "MORPH")


def write(docs: Iterable[Doc]) -> Iterator[bytes]:
    """One DocBin: its documents are kept until the last."""
    held = DocBin(attrs=ATTRS, store_user_data=True)
    for doc in docs:
        held.add(doc)
    yield held.to_bytes()


def read(data: bytes) -> Iterator[Doc]:
    """The documents of a DocBin, of another pipeline as well."""
    yield from DocBin().from_bytes(data).get_docs(spacy.blank("tk").vocab)


# --- a document ----------------------------------------------------------------------------------------------------


def to_doc(text: str, entities: Sequence[Entity], nlp: Language) -> Doc:
    """A document with tokens and entities, made without the pipeline that found them. nlp: Makes the tokens."""
    text = encodable(text)
    doc = nlp.make_doc(text)
    spans = _spans(doc, entities)
    if len(spans) < len(entities):  # an entity begins or ends within a token
        borders = sorted(
            {0, *accumulate(map(len, segment(text))), *(place for e in entities for place in (e.start, e.end))}
        )
        words = [text[start:end] for start, end in pairwise(borders)]
        doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
        spans = _spans(doc, entities)
    doc.set_ents(filter_spans(spans))
    for span, entity in zip(spans, entities, strict=False):
        doc.user_data[row_key(span.start_char, span.end_char)] = to_row(entity, span.start_char)  # type: ignore[index]
    return doc


def _spans(doc: Doc, entities: Sequence[Entity]) -> list[Span]:
    found = (
        doc.char_span(e.start, e.end, label=encodable(e.label), kb_id=encodable(e.kb), span_id=encodable(e.id))
        for e in entities
    )
    return [span for span in found if span is not None]


def keeps_text(nlp: Language) -> bool:
    """Whether the tokeniser of a pipeline is one that surely changes nothing."""
    return type(nlp.tokenizer) in (Tokenizer, TurkmenTokenizer)


def from_doc(doc: Doc, text: str, *, same: bool = False) -> tuple[Entity, ...]:
    """The entities of a tagged document, those of other components as well.

    text (str): As given. same (bool): It is surely that of the document: to compare them takes a while.
    RAISES (ValueError): If it is another, so that no offset would be right.
    """
    if not same:
        _compare(doc.text, encodable(text))
    return tuple([_entity(ent, doc.user_data, text) for ent in doc.ents])


def _compare(found: str, given: str) -> None:
    if found != given:
        place = next(
            (k for k, (a, b) in enumerate(zip(found, given, strict=False)) if a != b), min(len(found), len(given))
        )
        raise ValueError(
            f"the tokeniser of the pipeline changes the text: found {found[place:][:20]!r} at character {place}, "
            f"expected {given[place:][:20]!r}; names would have wrong offsets"
        )


def _entity(ent: Span, rows: Mapping[Any, Any], text: str) -> Entity:
    """The entity of a span, by our row for it; without one, by what stands on its tokens."""
    start, end = ent.start_char, ent.end_char
    entity = from_row(rows.get(row_key(start, end)), start, ent.label_, ent.id_, text)
    if entity is None:
        name, features = _on_tokens(ent) if ent.id_ else (ent.text, {})
        entity = Entity(text[start:end], ent.label_, start, end, name, features, ent.id_, ent.kb_id_)
    return entity


def _on_tokens(ent: Span) -> tuple[str, dict[str, str]]:
    """Base form and features, as the component leaves them on the token where the last word begins."""
    last = next((token for token in reversed(list(ent)) if "Case" in token.morph.to_dict()), None)
    if last is None or not last.lemma_:
        return ent.text, {}
    return " ".join([*ent.text.split()[:-1], last.lemma_]), last.morph.to_dict()
