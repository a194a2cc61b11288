"""Rows in `doc.user_data`: an entity has those of its own span, wherever the document goes, and no other's."""

import warnings

import pytest
import spacy
from spacy.tokens import Doc, DocBin, Span

import turkmen_ner
from turkmen_ner import TaggedText
from turkmen_ner.entity import row_key, to_row

TEXT = "Ol Marydan Bengazä bardy. Halife Haftar bilen Aşgabatda duşuşdy."


@pytest.fixture(scope="module")
def nlp():
    return turkmen_ner.load()


@pytest.fixture
def doc(nlp) -> Doc:
    return nlp(TEXT)


def shown(doc: Doc) -> list[tuple[str, str, str, str]]:
    return [(e.text, e.name, e.case, e.id) for e in TaggedText(doc)]


@pytest.fixture
def whole(doc) -> list[tuple[str, str, str, str]]:
    found = shown(doc)
    assert [row[:3] for row in found] == [
        ("Marydan", "Mary", "Abl"),
        ("Bengazä", "Bengazi", "Dat"),
        ("Halife Haftar", "Halife Haftar", "Nom"),
        ("Aşgabatda", "Aşgabat", "Loc"),
    ]
    return found


def test_a_row_is_that_of_the_entity(doc, whole):
    for ent, entity in zip(doc.ents, TaggedText(doc), strict=True):
        row = doc.user_data[row_key(ent.start_char, ent.end_char)]
        assert list(row.items()) == list(to_row(entity, ent.start_char).items())


@pytest.mark.parametrize("copied", [True, False])
def test_a_part_of_a_document(doc, whole, copied):
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            part = doc[start:end].as_doc(copy_user_data=copied)
            inside = [e for e in doc.ents if e.start >= start and e.end <= end]
            expected = [row for row, ent in zip(whole, doc.ents, strict=True) if ent in inside]
            assert [row for row in shown(part) if row[0] in {ent.text for ent in inside}] == expected


@pytest.mark.parametrize("spaces", [True, False])
def test_joined_documents(nlp, doc, whole, spaces):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        joined = Doc.from_docs([nlp("Ol Tunisde."), doc, nlp(""), doc], ensure_whitespace=spaces)
    assert shown(joined)[1:] == [*whole, *whole]
    assert [e.source for e in TaggedText(joined)][1:] == [e.source for e in TaggedText(doc)] * 2


def test_documents_without_their_rows(doc, whole):
    (again,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(doc.vocab)
    assert not again.user_data
    assert shown(again) == whole


@pytest.mark.parametrize(
    "change",
    [
        lambda doc: [Span(doc, e.start, e.end, label="X", span_id=e.id_) for e in doc.ents],
        lambda doc: [Span(doc, e.start, e.end, label=e.label_, span_id="other") for e in doc.ents],
    ],
    ids=["label", "id"],
)
def test_the_row_of_another_entity_does_not_count(doc, change):
    doc.set_ents(change(doc))
    assert [(e.source, e.listed) for e in TaggedText(doc)] == [("", False)] * 4


def test_rows_of_another_text_do_not_count(nlp, doc):
    other = nlp.make_doc(TEXT.replace("Marydan", "Merwden"))
    other.set_ents([Span(other, e.start, e.end, label=e.label_, span_id=e.id_) for e in doc.ents])
    other.user_data = dict(doc.user_data)
    assert [e.name for e in TaggedText(other)] == ["Merwden", "Bengazi", "Halife Haftar", "Aşgabat"]


@pytest.mark.parametrize("row", [5, None, [], {}, {"label": "CITY"}, {"offset": "x"}, {"text": 5}, {"name": 5}])
def test_rows_that_are_none(doc, row):
    key = next(key for key in doc.user_data)
    good = doc.user_data[key]
    doc.user_data[key] = good | row if isinstance(row, dict) and row != {"label": "CITY"} and row else row
    assert len(TaggedText(doc)) == 4


def test_the_row_is_an_attribute_of_the_span(doc):
    Span.set_extension("turkmen_ner", default=None)
    try:
        assert [ent._.turkmen_ner["name"] for ent in doc.ents] == [e.name for e in TaggedText(doc)]
    finally:
        Span.remove_extension("turkmen_ner")


# --- other components ------------------------------------------------------------------------------------------------


def test_a_tokeniser_that_changes_the_text(nlp):
    class Lower:
        def __call__(self, text: str) -> Doc:
            return Doc(other.vocab, words=text.replace("ýagdaý", "yagday").split())

    other = spacy.blank("xx")
    other.tokenizer = Lower()
    other.add_pipe("turkmen_ner", config={"shipped": False})
    assert turkmen_ner.tag("Ol bardy ", nlp=other).text == "Ol bardy "
    for text, place in (("Ol  bardy", 3), ("Ol ýagdaý ", 3), ("Ol", 2)):
        for call in (turkmen_ner.tag, lambda text, nlp: list(turkmen_ner.tag_many([text], nlp=nlp))):
            with pytest.raises(
                ValueError, match=f"the tokeniser of the pipeline changes the text: .* character {place}"
            ):
                call(text, nlp=other)


@spacy.Language.component("fails_on_bad_texts")
def _fails(doc: Doc) -> Doc:
    if "bad" in doc.text:
        raise RuntimeError("bad")
    return doc


@pytest.mark.parametrize("first", [True, False])
def test_texts_that_an_error_handler_skips(first):
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner")
    nlp.add_pipe("fails_on_bad_texts", first=first or None)
    texts = ["bad", "Ol Bengazide.", "bad Bengazi", "Ol Maryda.", "bad"]
    with pytest.raises(RuntimeError):
        list(turkmen_ner.tag_many(texts, nlp=nlp))
    nlp.set_error_handler(lambda name, proc, docs, error: None)
    found = list(turkmen_ner.tag_many(texts, nlp=nlp))
    assert [(f.text, [e.name for e in f]) for f in found] == [
        ("bad", []), ("Ol Bengazide.", ["Bengazi"]), ("bad Bengazi", []), ("Ol Maryda.", ["Mary"]), ("bad", [])
    ]  # fmt: skip


def test_the_error_handler_also_hears_of_ours(monkeypatch):
    nlp = turkmen_ner.load()
    ours = nlp.get_pipe("turkmen_ner")
    monkeypatch.setattr(type(ours), "tagger", property(lambda self: 1 / 0))
    heard = []
    nlp.set_error_handler(lambda name, proc, docs, error: heard.append((name, type(error))))
    assert [list(t) for t in turkmen_ner.tag_many(["Ol Maryda."], nlp=nlp)] == [[]]
    assert heard == [("turkmen_ner", ZeroDivisionError)]


@pytest.mark.parametrize(("policy", "names"), [("keep", 1), ("longest", 1), ("replace", 2)])
def test_blocked_tokens(policy, names):
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"existing_ents": policy})
    doc = nlp.make_doc("Ol Bengazide Halife Haftar bilen duşuşdy.")
    doc.set_ents([], blocked=[doc[3:4], doc[4:5]], default="missing")
    doc = nlp.get_pipe("turkmen_ner")(doc)
    assert len(doc.ents) == names
    blocked = [token.i for token in doc if token.ent_iob_ == "B" and not token.ent_type_]
    assert blocked == [k for k in (3, 4) if names == 1 or k not in range(2, 4)]
