"""spaCy's Doc and DocBin."""

import io
import random
import zlib

import spacy
from spacy.tokens import DocBin
from tagged_texts import SENTENCES, written

from turkmen_ner import Entity, TaggedText, formats, tag


def test_docbin_has_lemmas_where_the_document_is_at_hand():
    (doc,) = DocBin().from_bytes(written(tag(SENTENCES[0]), "docbin")).get_docs(spacy.blank("tk").vocab)
    assert [(token.lemma_, str(token.morph)) for token in doc if token.text == "Bengazide"] == [("Bengazi", "Case=Loc")]


def test_documents_of_entities_that_cut_tokens():
    tagged = TaggedText.of("Ol  BMG-niň\nwekili", [Entity("BMG", "BODY", 4, 7, "BMG"), Entity("-ni", "X", 7, 10)])
    assert tagged.doc.text == tagged.text
    assert [(ent.text, ent.label_) for ent in tagged.doc.ents] == [("BMG", "BODY"), ("-ni", "X")]
    assert TaggedText(tagged.doc) == tagged


def test_changed_bytes_are_refused():
    """Each change ends in a ValueError, or in texts whose names are where they say."""
    data = written(tag(" ".join(SENTENCES)), "docbin")
    inner = zlib.decompress(data)
    rng = random.Random(1)
    refused = 0
    for number in range(300):
        changed = bytearray(inner if number % 3 else data)
        for _ in range(rng.choice((1, 1, 3, 20))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        try:
            for found in formats.read(io.BytesIO(zlib.compress(changed) if number % 3 else bytes(changed)), "docbin"):
                assert all(found.text[e.start : e.end] == e.text for e in found)
        except ValueError:
            refused += 1
    assert refused > 100
