"""spaCy's DocBin: tokens, entities with label, id and kb id, and all that we know of them in `doc.user_data`."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.tokens import DocBin

from turkmen_ner.tagged import Named, TaggedText

ATTRS = ("ORTH", "SPACY", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID", "LEMMA", "MORPH")


def write(found: Iterable[Named]) -> Iterator[bytes]:
    """One DocBin: its documents are kept until the last. Texts that come without their `Doc` have no lemmas in it."""
    nlp = spacy.blank("tk")
    held = DocBin(attrs=ATTRS, store_user_data=True)
    for _, tagged in found:
        held.add(tagged.exact_doc(nlp))
    yield held.to_bytes()


def read(data: bytes) -> Iterator[TaggedText]:
    """The texts of a DocBin, of another pipeline as well. RAISES (ValueError): If it is none."""
    try:
        held = DocBin().from_bytes(data)
    except Exception as error:  # whatever zlib and msgpack say
        raise ValueError(f"not a DocBin of spaCy: {error}") from None
    yield from map(TaggedText, held.get_docs(spacy.blank("tk").vocab))
