"""The spaCy component: by name, with every setting, on other tokenisers, saved and loaded, in streams and processes."""

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from doc_rows import doc_rows
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

import turkmen_ner
from turkmen_ner.corpus.bracket_notation import parse
from turkmen_ner.errors import PatternError
from turkmen_ner.patterns.reader import LABELS
from turkmen_ner.patterns.shipped import compile_patterns
from turkmen_ner.pipeline.component import SCHEMES
from turkmen_ner.pipeline.factory import DEFAULTS

ROOT = Path(__file__).parents[2]
TEXT = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
OWN = [
    {"label": "CITY", "id": "bengazi", "pattern": "Bengazi", "kb": "geonames:88319"},
    {"label": "PERSON", "id": "haftar", "pattern": "Halife Haftar"},
]


def blank(lang: str = "tk", **config: object) -> Language:
    nlp = spacy.blank(lang)
    nlp.add_pipe("turkmen_ner", config=config)
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return blank()


@pytest.fixture(scope="module")
def own() -> Language:
    """Two names, nothing else."""
    return blank(patterns=OWN, shipped=False, infer=False)


def ents(doc: Doc) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in doc.ents]


def python(code: str, *args: object, cwd: Path | None = None) -> str:
    """What a new process prints; a warning is an error."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *map(str, args)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
        cwd=cwd,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# --- by name -------------------------------------------------------------------------------------------------------


def test_by_name_without_an_import_of_ours():
    code = f"""
import spacy, sys
nlp = spacy.blank("tk")
nlp.add_pipe("turkmen_ner")
print([(e.text, e.label_) for e in nlp({TEXT!r}).ents])
"""
    assert python(code) == "[('Ibrahim Kalyn', 'PERSON'), ('Bengazide', 'CITY'), ('Halife Haftar', 'PERSON')]"


def test_factory_import_is_light():
    code = """
import spacy, sys
before = set(sys.modules)
import turkmen_ner.pipeline.factory
print(sorted(m for m in set(sys.modules) - before if m.startswith("turkmen_ner")))
"""
    factory = ["turkmen_ner", "turkmen_ner._version", "turkmen_ner.pipeline", "turkmen_ner.pipeline.factory"]
    assert python(code) in ("[]", str(factory))


def test_component_of_another_name():
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", name="names", config={"patterns": OWN, "shipped": False, "infer": False})
    assert nlp.pipe_names == ["names"]
    assert nlp.get_pipe("names").name == "names"
    assert ents(nlp(TEXT)) == [("Bengazide", "CITY"), ("Halife Haftar", "PERSON")]


def test_analyze_pipes(nlp):
    found = nlp.analyze_pipes()
    assert found["problems"] == {"turkmen_ner": []}
    assert {"doc.ents", "token.lemma", "token.morph", "token.ent_id"} <= set(found["summary"]["turkmen_ner"]["assigns"])


def test_meta_knows_the_labels(nlp, own):
    assert nlp.meta["labels"] == {"turkmen_ner": sorted(LABELS)}
    assert own.pipe_labels == {"turkmen_ner": ["CITY", "PERSON"]}


# --- settings ------------------------------------------------------------------------------------------------------


def test_defaults_are_in_the_config(nlp):
    assert {key: nlp.config["components"]["turkmen_ner"][key] for key in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ({"labels": "english"}, "labels must be one of turkmen, ontonotes, conll, not 'english'"),
        ({"existing_ents": "merge"}, "existing_ents must be one of keep, replace, longest, not 'merge'"),
        ({"patterns": [{"label": "CITY"}], "shipped": False}, "entry 1"),
        ({"patterns": "my.yaml"}, "patterns"),
        ({"shipped": "maybe"}, "shipped"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_config(config, says):
    with pytest.raises(ValueError, match=says):
        blank(**config)


def test_own_pattern_file(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {id: x, pattern: Zahyrap}\n", encoding="utf8")
    nlp = blank(patterns=[str(path)], shipped=False, infer=False)
    assert [(e.text, e.label_, e.id_) for e in nlp("Ol Zahyrapda boldy.").ents] == [("Zahyrapda", "CITY", "x")]


def test_wrong_pattern_file_is_refused_at_once(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {id: x, patern: Zahyrap}\n", encoding="utf8")
    with pytest.raises(PatternError, match=r"^my\.yaml:3: entry 1 \(x\): "):
        blank(patterns=[str(path)], shipped=False)


def test_missing_pattern_file_is_an_error_at_first_use(tmp_path):
    """spacy.load makes the component before it reads the saved patterns."""
    nlp = blank(patterns=[str(tmp_path / "none.yaml")], shipped=False)
    with pytest.raises(PatternError, match=r"none\.yaml: cannot be read"):
        nlp("Bengazi")


def test_shipped_entries_added_overridden_and_removed(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(
        """\
label: CITY
remove: [khalifa-haftar]
patterns:
  - {id: zahyrap, pattern: Zahyrap}
  - {id: benghazi-ly, label: REGION, pattern: Bengazi}
  - {id: ibrahim-kalin, aliases: [Kalyn Aga]}
""",
        encoding="utf8",
    )
    mine = blank(patterns=[str(path)], infer=False)
    found = ents(mine("Ol Zahyrapda, Bengazide, Kalyn Aganyň we Halife Haftaryň ýanynda boldy."))
    assert found == [("Zahyrapda", "CITY"), ("Bengazide", "REGION"), ("Kalyn Aganyň", "PERSON")]


def test_two_pipelines_side_by_side(nlp, own):
    other = blank(patterns=[{"label": "SHIP", "id": "s", "pattern": "Bengazi"}], shipped=False, infer=False)
    for _ in range(2):
        assert ents(own(TEXT)) == [("Bengazide", "CITY"), ("Halife Haftar", "PERSON")]
        assert ents(other(TEXT)) == [("Bengazide", "SHIP")]
        assert ents(nlp(TEXT)) == [("Ibrahim Kalyn", "PERSON"), ("Bengazide", "CITY"), ("Halife Haftar", "PERSON")]


def test_two_components_in_one_pipeline(own):
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", name="one", config={"patterns": OWN[:1], "shipped": False, "infer": False})
    rest = [{"label": "SHIP", "id": "ship", "pattern": "Bengazi"}, OWN[1]]
    nlp.add_pipe("turkmen_ner", name="two", config={"patterns": rest, "shipped": False, "infer": False})
    found = turkmen_ner.tag(TEXT, nlp=nlp)
    assert [(e.text, e.label, e.id, e.name, e.listed) for e in found] == [
        ("Bengazide", "CITY", "bengazi", "Bengazi", True),
        ("Halife Haftar", "PERSON", "haftar", "Halife Haftar", True),
    ]


def test_listed_names_only():
    text = "Hormatly Orazmämmet Gylyçdurdyýew Bengazide çykyş etdi."
    assert ("Orazmämmet Gylyçdurdyýew", "PERSON") in ents(blank(infer=True)(text))
    assert ents(blank(infer=False)(text)) == [("Bengazide", "CITY")]


def test_nothing_at_all():
    nlp = blank(shipped=False, infer=False)
    assert ents(nlp(TEXT)) == []
    assert nlp.get_pipe("turkmen_ner").labels == ()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_label_schemes(scheme):
    rows = [{"label": label, "id": label.lower(), "pattern": f"Zahyrap{label}"} for label in LABELS]
    nlp = blank(patterns=rows, shipped=False, infer=False, labels=scheme)
    expected = {
        "turkmen": ["PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP"],
        "ontonotes": ["PERSON", "GPE", "GPE", "LOC", "ORG", "PRODUCT"],
        "conll": ["PER", "LOC", "LOC", "LOC", "ORG", "MISC"],
    }[scheme]
    text = ", ".join(f"Zahyrap{label}" for label in LABELS)
    assert [ent.label_ for ent in nlp(text).ents] == expected
    assert [e.label for e in turkmen_ner.tag(text, nlp=nlp)] == expected
    assert nlp.get_pipe("turkmen_ner").labels == tuple(sorted(set(expected)))


def test_own_labels_pass_every_scheme():
    rows = [{"label": "AIRPORT", "id": "a", "pattern": "Zahyrap"}]
    assert ents(blank(patterns=rows, shipped=False, infer=False, labels="conll")("Zahyrap")) == [("Zahyrap", "AIRPORT")]


# --- entities that are there already -------------------------------------------------------------------------------

# Tokens of `Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi.`: ours are Bengazide [2:3] and Halife Haftar [3:5].
_EXISTING = [
    ("keep", (2, 3), ["Bengazide X", "Halife Haftar PERSON"]),
    ("keep", (1, 3), ["Kalyn Bengazide X", "Halife Haftar PERSON"]),
    ("keep", (4, 6), ["Bengazide CITY", "Haftar bilen X"]),
    ("keep", (5, 6), ["Bengazide CITY", "Halife Haftar PERSON", "bilen X"]),
    ("replace", (2, 3), ["Bengazide CITY", "Halife Haftar PERSON"]),
    ("replace", (1, 4), ["Bengazide CITY", "Halife Haftar PERSON"]),
    ("replace", (0, 2), ["Ibrahim Kalyn X", "Bengazide CITY", "Halife Haftar PERSON"]),
    ("longest", (2, 3), ["Bengazide X", "Halife Haftar PERSON"]),
    ("longest", (1, 3), ["Kalyn Bengazide X", "Halife Haftar PERSON"]),
    ("longest", (4, 5), ["Bengazide CITY", "Halife Haftar PERSON"]),
    ("longest", (0, 4), ["Ibrahim Kalyn Bengazide Halife X"]),
]


@pytest.mark.parametrize(("policy", "place", "expected"), _EXISTING)
def test_existing_entities(policy, place, expected):
    nlp = blank(patterns=OWN, shipped=False, infer=False, existing_ents=policy)
    doc = nlp.make_doc(TEXT)
    doc.set_ents([Span(doc, *place, label="X", kb_id="kb:1", span_id="theirs")])
    doc = nlp.get_pipe("turkmen_ner")(doc)
    assert [f"{ent.text} {ent.label_}" for ent in doc.ents] == expected
    assert [(e.kb_id_, e.id_) for e in doc.ents if e.label_ == "X"] == [("kb:1", "theirs")] * str(expected).count(" X")
    assert [row["label"] for row in doc_rows(doc)] == [e.label_ for e in doc.ents if e.label_ != "X"]


def test_existing_entity_of_the_same_words_and_label():
    nlp = blank(patterns=OWN, shipped=False, infer=False)
    doc = nlp.make_doc(TEXT)
    doc.set_ents([Span(doc, 2, 3, label="CITY", span_id="theirs")])
    found = turkmen_ner.TaggedText(nlp.get_pipe("turkmen_ner")(doc))
    assert [(e.text, e.id) for e in found] == [("Bengazide", "theirs"), ("Halife Haftar", "haftar")]


def test_twice_over_one_document(own):
    doc = own(TEXT)
    before = [dict(row) for row in doc_rows(doc)]
    again = own.get_pipe("turkmen_ner")(doc)
    assert ents(again) == [("Bengazide", "CITY"), ("Halife Haftar", "PERSON")]
    assert doc_rows(again) == before


def test_after_an_entity_ruler():
    nlp = spacy.blank("tk")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "VERB", "pattern": "gürleşdi"}])
    nlp.add_pipe("turkmen_ner", config={"patterns": OWN, "shipped": False, "infer": False})
    assert ents(nlp(TEXT)) == [("Bengazide", "CITY"), ("Halife Haftar", "PERSON"), ("gürleşdi", "VERB")]


def test_spans_key():
    nlp = blank(patterns=OWN, shipped=False, infer=False, spans_key="names")
    doc = nlp.make_doc(TEXT)
    doc.set_ents([Span(doc, 1, 3, label="X")])
    doc = nlp.get_pipe("turkmen_ner")(doc)
    assert [(s.text, s.label_, s.id_) for s in doc.spans["names"]] == [
        ("Bengazide", "CITY", "bengazi"),
        ("Halife Haftar", "PERSON", "haftar"),
    ]
    assert ents(doc) == [("Kalyn Bengazide", "X"), ("Halife Haftar", "PERSON")]
    assert list(nlp("Hiç kim.").spans["names"]) == []


def test_no_spans_by_default(own):
    assert list(own(TEXT).spans) == []


# --- what stands on the tokens -------------------------------------------------------------------------------------


def test_ids_lemmas_and_features(own):
    doc = own("Halife Haftaryň wekili Bengazidäki ýygnakda.")
    assert [(t.text, t.ent_iob_, t.ent_type_, t.ent_id_, t.ent_kb_id_, t.lemma_, str(t.morph)) for t in doc] == [
        ("Halife", "B", "PERSON", "haftar", "", "Halife", ""),
        ("Haftaryň", "I", "PERSON", "haftar", "", "Haftar", "Case=Gen"),
        ("wekili", "O", "", "", "", "", ""),
        ("Bengazidäki", "B", "CITY", "bengazi", "geonames:88319", "Bengazi", "Case=Loc"),
        ("ýygnakda", "O", "", "", "", "", ""),
        (".", "O", "", "", "", "", ""),
    ]
    assert [(e.id_, e.kb_id_) for e in doc.ents] == [("haftar", ""), ("bengazi", "geonames:88319")]


def test_lemmas_and_features_of_others_stay(own):
    doc = own.make_doc("Bengazide")
    doc[0].lemma_ = "theirs"
    doc[0].set_morph("Case=Nom")
    doc = own.get_pipe("turkmen_ner")(doc)
    assert (doc[0].lemma_, str(doc[0].morph)) == ("theirs", "Case=Nom")


def test_no_extension_attributes(nlp):
    nlp(TEXT)
    assert not Doc.has_extension("turkmen_ner")
    assert {key[:2] for key in nlp(TEXT).user_data} == {("._.", "turkmen_ner")}


# --- other tokenisers ----------------------------------------------------------------------------------------------

_SENTENCES = [
    TEXT,
    "BMG-nyň Liwiýadaky missiýasy BMG-de ýygnandy.",
    "Olar ABŞ-daky, ABŞ-nyň we NATO-nyň wekilleri.",
    "Aziýa-ABŞ gepleşigi Moskwa-Waşington ugrunda geçdi.",
    "Türkiýäniň Milli Goranmak ministrliginden habar berildi.",
    "TJG Kynalyada gämisi 5+5 komissiýasynyň ýanynda.",
    "«Türkmengaz» döwlet konserni (Aşgabat) we “Galkynyş” gazeti.",
    "ÇEŞME:TRT Global",
    "D.Gulmanowa Nýu-Ýorkda, Nýu-Ýork-daky ýygnakda.",
    "Ankara'da we Ankara’daky wekil; ÝB-niň, BMG’nyň sesi.",
    "Bengazi,Tripoli,Misrata/Sirt...Derna!",
    "Hormatly Orazmämmet Gylyçdurdyýew çykyş etdi.",
    "  Bengazide\n\nTripolide\tMisratada  ",
]


@pytest.fixture(scope="module", params=["xx", "tr", "en", "ru", "fr"])
def foreign(request) -> Language:
    return blank(request.param)


@pytest.mark.parametrize("text", _SENTENCES)
def test_other_tokenisers(nlp, foreign, text):
    expected = turkmen_ner.tag(text, nlp=nlp)
    assert turkmen_ner.tag(text, nlp=foreign).to_dicts() == expected.to_dicts()
    assert len(expected) > 0


def test_other_tokeniser_sets_ids(foreign):
    doc = foreign("Olar BMG-nyň wekili.")
    assert [(e.text.rstrip("-nyň"), e.id_) for e in doc.ents] == [("BMG", "un")]
    assert {t.ent_id_ for t in doc.ents[0]} == {"un"}
    assert doc.ents[0][0].lemma_ == "BMG"


# --- saved and loaded ----------------------------------------------------------------------------------------------

_SETTINGS = {"shipped": False, "infer": True, "labels": "conll", "existing_ents": "longest", "spans_key": "names"}


def test_bytes():
    one = blank(patterns=OWN, **_SETTINGS).get_pipe("turkmen_ner")
    two = blank(**_SETTINGS).get_pipe("turkmen_ner").from_bytes(one.to_bytes())
    assert two.to_bytes() == one.to_bytes()
    assert two.labels == one.labels


def test_pipeline_bytes(own):
    other = blank(shipped=False, infer=False).from_bytes(own.to_bytes())
    assert other(TEXT).to_json() == own(TEXT).to_json()


def test_shipped_pipeline_bytes(nlp):
    other = blank(shipped=False).from_bytes(nlp.to_bytes())
    assert turkmen_ner.tag(TEXT, nlp=other).to_dicts() == turkmen_ner.tag(TEXT, nlp=nlp).to_dicts()


def test_exclude(own, tmp_path):
    own.to_disk(tmp_path / "m", exclude=["turkmen_ner"])
    assert not (tmp_path / "m" / "turkmen_ner").exists()


def test_saved_and_loaded_in_another_process(tmp_path):
    """The new process imports nothing of ours, and the user's pattern file is gone."""
    path = tmp_path / "my.yaml"
    path.write_text(
        "label: CITY\npatterns:\n  - {id: x, pattern: Zahyrap, kb: 'geonames:1'}\nlists:\n  titles: [zahyr]\n",
        encoding="utf8",
    )
    nlp = blank(patterns=[str(path), {"label": "SHIP", "id": "s", "pattern": "«Hazar» gämi"}], labels="ontonotes")
    text = f"{TEXT} Ol BMG-nyň wekili Orazmämmet Gylyçdurdyýew bilen Zahyrapda boldy."
    expected = turkmen_ner.tag(text, nlp=nlp).to_dicts()
    assert {"Zahyrapda", "Bengazide", "BMG-nyň"} <= {row["text"] for row in expected}
    nlp.to_disk(tmp_path / "model")
    path.unlink()
    code = """
import json, sys, spacy
nlp = spacy.load(sys.argv[1])
doc = nlp(sys.argv[2])
found = [[e.text, e.label_, e.id_, e.kb_id_] for e in doc.ents]
print(json.dumps([list(doc.user_data.values()), found, nlp.pipe_labels]))
"""
    rows, found, labels = json.loads(python(code, tmp_path / "model", text))
    assert [row["name"] for row in rows] == [row["name"] for row in expected]
    assert found == [[row["text"], row["label"], row["id"], row["kb"]] for row in expected]
    assert labels == {"turkmen_ner": ["GPE", "LOC", "ORG", "PERSON", "PRODUCT"]}


def test_saved_config_is_read_again(own, tmp_path):
    own.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.config["components"]["turkmen_ner"] == own.config["components"]["turkmen_ner"]
    assert again(TEXT).to_json() == own(TEXT).to_json()


def test_sourced_component(own):
    other = spacy.blank("tk")
    other.add_pipe("turkmen_ner", source=own)
    assert ents(other(TEXT)) == ents(own(TEXT))


@pytest.mark.parametrize("level", [2, pickle.HIGHEST_PROTOCOL])
def test_pickle(own, level):
    again = pickle.loads(pickle.dumps(own.get_pipe("turkmen_ner"), protocol=level))
    assert again.to_bytes() == own.get_pipe("turkmen_ner").to_bytes()


def test_what_is_not_to_be_found_stays_so(tmp_path):
    """In a pipeline that was saved, copied, or made of a compiled file, and in another label scheme."""
    path = tmp_path / "stop.txt"
    path.write_text("# label: NONE\nBalkan\n", encoding="utf8")
    patterns = [str(path), {"label": "CITY", "id": "x", "pattern": "Zahyrap"}, {"remove": ["tdh", "x"]}]
    compile_patterns(patterns, tmp_path / "own.msgpack")
    one = blank(patterns=patterns, labels="ontonotes", spans_key="names")
    one.to_disk(tmp_path / "model")
    path.unlink()
    other = blank(shipped=False).from_bytes(one.to_bytes())
    pickled = spacy.blank("tk")
    pickled.add_pipe("turkmen_ner", source=pickle.loads(pickle.dumps(one)))
    compiled = blank(patterns=[str(tmp_path / "own.msgpack")])
    text = "TDH-nyň habarçysy Balkanda, Zahyrapda, Bengazide boldy. Balkan Zirnow TDH-da."
    for nlp in (one, other, pickled, compiled, spacy.load(tmp_path / "model")):
        found = [ent.text for ent in nlp(text).ents]
        assert found == ["Bengazide", "Balkan Zirnow"]
        assert "NONE" not in nlp.get_pipe("turkmen_ner").labels
    doc = one(text)
    assert ("TDH-nyň", "ORG") in [(span.text, span.label_) for span in doc.spans["names.rejected"]]


def test_docbin_keeps_everything(own):
    doc = own(f"{TEXT} Ol Bengaziniň häkimi.")
    store = DocBin(docs=[doc], store_user_data=True).to_bytes()
    (again,) = DocBin().from_bytes(store).get_docs(spacy.blank("tk").vocab)
    assert [(e.text, e.label_, e.id_, e.kb_id_) for e in again.ents] == [
        (e.text, e.label_, e.id_, e.kb_id_) for e in doc.ents
    ]
    assert [(t.lemma_, str(t.morph)) for t in again] == [(t.lemma_, str(t.morph)) for t in doc]
    assert turkmen_ner.TaggedText(again).to_dicts() == turkmen_ner.TaggedText(doc).to_dicts()


def test_doc_bytes_keep_everything(own):
    doc = own(TEXT)
    again = Doc(spacy.blank("tk").vocab).from_bytes(doc.to_bytes())
    assert turkmen_ner.TaggedText(again).to_dicts() == turkmen_ner.TaggedText(doc).to_dicts()


# --- streams -------------------------------------------------------------------------------------------------------

_STREAM = [*_SENTENCES, "", " ", "Hiç zat.", *_SENTENCES[:3]]


def test_stream_equals_alone(nlp):
    alone = [turkmen_ner.tag(text, nlp=nlp).to_dicts() for text in _STREAM]
    for size in (1, 3, 1000):
        assert [turkmen_ner.TaggedText(d).to_dicts() for d in nlp.pipe(_STREAM, batch_size=size)] == alone


def test_stream_with_contexts(own):
    pairs = [(TEXT, {"n": 1}), ("Bengazi", {"n": 2})]
    assert [(ents(doc)[0], context["n"]) for doc, context in own.pipe(pairs, as_tuples=True)] == [
        (("Bengazide", "CITY"), 1),
        (("Bengazi", "CITY"), 2),
    ]


def test_two_processes(nlp):
    alone = [turkmen_ner.tag(text, nlp=nlp).to_dicts() for text in _STREAM]
    assert [turkmen_ner.TaggedText(d).to_dicts() for d in nlp.pipe(_STREAM, n_process=2, batch_size=4)] == alone


def test_memory_zones(nlp):
    """Nothing that a zone frees is kept: later documents would fail with E018."""
    expected = [turkmen_ner.tag(text, nlp=nlp).to_dicts() for text in _SENTENCES]
    fresh = blank()
    for _ in range(3):
        with fresh.memory_zone():
            assert [turkmen_ner.TaggedText(d).to_dicts() for d in fresh.pipe(_SENTENCES)] == expected
    doc = fresh(TEXT)
    assert [(e.label_, e.id_, e[-1].lemma_, str(e[-1].morph)) for e in doc.ents] == [
        ("PERSON", "ibrahim-kalin", "Kalyn", "Case=Nom"),
        ("CITY", "benghazi-ly", "Bengazi", "Case=Loc"),
        ("PERSON", "khalifa-haftar", "Haftar", "Case=Nom"),
    ]


def test_evaluate(own):
    gold = {"entities": [(14, 23, "CITY"), (0, 13, "PERSON")]}
    scores = own.evaluate([Example.from_dict(own.make_doc(TEXT), gold)])
    assert (scores["ents_p"], scores["ents_r"], scores["ents_f"]) == (0.5, 0.5, 0.5)
    assert scores["ents_per_type"]["CITY"]["f"] == 1.0


def test_empty_documents(nlp):
    for text in ("", " ", "\n\n", "...", "12 34"):
        doc = nlp(text)
        assert doc.ents == ()
        assert doc.has_annotation("ENT_IOB") or not len(doc)


ASCII = str.maketrans("äçžňöşüýÄÇŽŇÖŞÜÝ", "acznosuyACZNOSUY")
TYPED = (
    "Türkmenistanyň Prezidenti Aşgabatda Türkiýäniň Milli Goranmak ministrliginiň wekilini kabul etdi.",
    "Dbeýbanyň orunbasary Bengazä we Daşoguza bardy, BMG-niň wekili bolsa Köneürgenje.",
)


@pytest.mark.parametrize("text", TYPED)
def test_lenient_spelling_finds_what_was_typed_in_ascii(text):
    strict, lenient = turkmen_ner.load(), turkmen_ner.load(spelling="lenient")
    wanted = [(e.start, e.end, e.label, e.name, e.case) for e in turkmen_ner.tag(text, nlp=strict) if e.listed]
    assert len(wanted) > 3
    typed = turkmen_ner.tag(text.translate(ASCII), nlp=lenient)
    assert [(e.start, e.end, e.label, e.name, e.case) for e in typed if e.listed] == wanted
    assert len([e for e in turkmen_ner.tag(text.translate(ASCII), nlp=strict) if e.listed]) < len(wanted)


def test_lenient_spelling_takes_nothing_from_strict():
    strict, lenient = turkmen_ner.load(), turkmen_ner.load(spelling="lenient")
    for path in sorted((Path(__file__).parents[2] / "seeds").glob("0*.txt")):
        text = parse(path.read_text(encoding="utf8"))[0]
        listed = {(e.start, e.end, e.label, e.id) for e in turkmen_ner.tag(text, nlp=strict) if e.listed}
        assert listed <= {(e.start, e.end, e.label, e.id) for e in turkmen_ner.tag(text, nlp=lenient)}


def test_unknown_spelling():
    with pytest.raises(ValueError, match="spelling must be one of strict, lenient, not 'ascii'"):
        turkmen_ner.load(spelling="ascii")
