"""spaCy's Doc and DocBin."""

import spacy
from spacy.tokens import DocBin
from tagged_texts import SENTENCES, written

from turkmen_ner import Entity, TaggedText, tag


def test_docbin_has_lemmas_where_the_document_is_at_hand():
    (doc,) = DocBin().from_bytes(written(tag(SENTENCES[0]), "docbin")).get_docs(spacy.blank("tk").vocab)
    assert [(token.lemma_, str(token.morph)) for token in doc if token.text == "Bengazide"] == [("Bengazi", "Case=Loc")]


def test_documents_of_entities_that_cut_tokens():
    tagged = TaggedText.of("Ol  BMG-niň\nwekili", [Entity("BMG", "BODY", 4, 7, "BMG"), Entity("-ni", "X", 7, 10)])
    assert tagged.doc.text == tagged.text
    assert [(ent.text, ent.label_) for ent in tagged.doc.ents] == [("BMG", "BODY"), ("-ni", "X")]
    assert TaggedText(tagged.doc) == tagged
