"""Names for Presidio: the real AnalyzerEngine, without network; the real AnonymizerEngine where it is installed."""

import json
import os
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import spacy

import turkmen_ner
from turkmen_ner.corpus.evaluation import Document, compare
from turkmen_ner.patterns.reader import LABELS
from turkmen_ner.pipeline.component import SCHEMES

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "gold" / "dev.jsonl"
TEXT = "Halife Haftar Bengazide BMG-niň wekili Jeren Orazowa bilen duşuşdy. «Berkarar» gämisi Lebap welaýatynda."
FOUND = [
    ("PERSON", "Halife Haftar", 0.95),
    ("LOCATION", "Bengazide", 0.95),
    ("ORGANIZATION", "BMG-niň", 0.95),
    ("PERSON", "Jeren Orazowa", 0.85),
    ("SHIP", "Berkarar", 0.95),
    ("LOCATION", "Lebap", 0.95),
]


def test_without_presidio():
    """The error names the extra."""
    code = "import sys; sys.modules['presidio_analyzer'] = None; import turkmen_ner.integrations.presidio"
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}
    )
    wanted = "ImportError: presidio-analyzer is missing: pip install 'turkmen_ner[presidio]'"
    assert done.stderr.splitlines()[-1] == wanted


@pytest.fixture(scope="module")
def presidio():
    pytest.importorskip("presidio_analyzer")
    import turkmen_ner.integrations.presidio

    return turkmen_ner.integrations.presidio


@pytest.fixture
def offline(monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"no network: {args}")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="module")
def engine(presidio):
    return presidio.analyzer()


def rows(engine, text=TEXT, **settings):
    found = engine.analyze(text, language="tk", **settings)
    return [(f.entity_type, text[f.start : f.end], f.score) for f in sorted(found, key=lambda f: f.start)]


# --- the engine ----------------------------------------------------------------------------------------------------


def test_made_and_used_without_network(presidio, offline):
    assert rows(presidio.analyzer()) == FOUND


def test_languages_and_entities(engine):
    assert engine.supported_languages == ["tk"]
    assert sorted(engine.get_supported_entities("tk")) == ["LOCATION", "ORGANIZATION", "PERSON", "SHIP"]
    assert [type(r).__name__ for r in engine.get_recognizers("tk")] == ["TurkmenRecognizer"]


@pytest.mark.parametrize("asked", [["PERSON"], ["LOCATION", "SHIP"], ["ORGANIZATION"]])
def test_some_entities(engine, asked):
    assert rows(engine, entities=asked) == [row for row in FOUND if row[0] in asked]


def test_threshold_leaves_listed_names(engine):
    assert rows(engine, score_threshold=0.9) == [row for row in FOUND if row[2] > 0.9]


def test_scores_of_ones_own(presidio):
    assert [score for *_, score in rows(presidio.analyzer(listed=1.0, inferred=0.5))] == [1, 1, 1, 0.5, 1, 1]


@pytest.mark.parametrize("text", ["", " ", "Hiç kim.", "12 34"])
def test_nothing_found(engine, text):
    assert rows(engine, text) == []


def test_allow_list(engine):
    assert ("LOCATION", "Bengazide", 0.95) not in rows(engine, allow_list=["Bengazide"])


def test_every_text_is_tagged_once(presidio, monkeypatch):
    nlp = turkmen_ner.load()
    engine = presidio.analyzer(nlp)
    seen = []
    component = type(nlp.get_pipe("turkmen_ner"))
    once = component.__call__
    monkeypatch.setattr(component, "__call__", lambda self, doc: seen.append(doc.text) or once(self, doc))
    assert rows(engine) == FOUND
    assert seen == [TEXT]


def test_many_texts(presidio, engine):
    from presidio_analyzer import BatchAnalyzerEngine

    texts = [TEXT, "", "Lebapda.", "\ud83d Lebapda."]
    many = BatchAnalyzerEngine(analyzer_engine=engine)
    found = many.analyze_iterator(texts, language="tk", batch_size=2)
    assert [sorted((f.start, f.end) for f in one) for one in found] == [
        sorted((f.start, f.end) for f in engine.analyze(text, language="tk")) for text in texts
    ]


def test_texts_with_contexts(engine):
    pairs = [(TEXT, 1), ("Lebapda.", 2)]
    found = engine.nlp_engine.process_batch(pairs, "tk", batch_size=2, as_tuples=True)
    assert [(text, context) for text, _, context in found] == pairs


def test_context_of_other_recognizers(presidio):
    """Their context words are found in words of the text; its stop words are no keywords."""
    from presidio_analyzer import Pattern, PatternRecognizer

    phone = Pattern("phone", r"\b\d\d-\d\d-\d\d\b", 0.4)
    numbers = PatternRecognizer("PHONE_NUMBER", patterns=[phone], supported_language="tk", context=["telefon"])
    engine = presidio.analyzer(recognizers=[numbers])
    assert rows(engine, "Telefonym 65-12-34, Lebapda.") == [
        ("PHONE_NUMBER", "65-12-34", 0.75),
        ("LOCATION", "Lebapda", 0.95),
    ]
    assert rows(engine, "Belgisi 65-12-34.") == [("PHONE_NUMBER", "65-12-34", 0.4)]
    artifacts = engine.nlp_engine.process_text("Ol we Bengazide.", "tk")
    assert artifacts.lemmas == ["ol", "we", "Bengazi", "."]
    assert artifacts.keywords == ["bengazi"]


# --- the recognizer ------------------------------------------------------------------------------------------------


def test_explanation_and_metadata(engine):
    found = {TEXT[f.start : f.end]: f for f in engine.analyze(TEXT, language="tk", return_decision_process=True)}
    tagged = {e.text: e for e in turkmen_ner.tag(TEXT)}
    assert set(found) == set(tagged)
    for text, result in found.items():
        entity, explanation = tagged[text], result.analysis_explanation
        assert explanation.recognizer == "TurkmenRecognizer"
        assert explanation.pattern_name == entity.source
        assert explanation.original_score == result.score
        assert explanation.textual_explanation.startswith(f"{entity.name}, {entity.label}: on ")
        assert ("on the lists" in explanation.textual_explanation) is entity.listed
        row = result.recognition_metadata["entity"]
        assert (row["name"], row["id"], row["kb"]) == (entity.name, entity.id, entity.kb)
    assert found["Bengazide"].recognition_metadata["entity"]["name"] == "Bengazi"
    assert json.loads(json.dumps(found["Bengazide"].to_dict()["recognition_metadata"]))["entity"]["case"] == "Loc"


def test_no_explanation_unless_asked(engine):
    assert {f.analysis_explanation for f in engine.analyze(TEXT, language="tk")} == {None}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_label_of_every_scheme(presidio, scheme):
    own = [{"label": label, "id": label.lower(), "pattern": f"Zahyrap{label}"} for label in (*LABELS, "AIRPORT")]
    nlp = turkmen_ner.load(patterns=own, shipped=False, infer=False, labels=scheme)
    text = ", ".join(f"Zahyrap{label}" for label in (*LABELS, "AIRPORT"))
    assert [kind for kind, *_ in rows(presidio.analyzer(nlp), text)] == [
        "PERSON", "LOCATION", "LOCATION", "LOCATION", "ORGANIZATION", "SHIP", "AIRPORT",
    ]  # fmt: skip
    assert [kind for kind, *_ in rows(presidio.analyzer(nlp, entities={"SHIP": "VEHICLE"}), text)][5] == "VEHICLE"


def test_in_an_engine_of_somebody_else(presidio):
    """Beside another language, with an engine that does not know our component."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

    class Plain(presidio.TurkmenNlpEngine):
        def get_supported_languages(self) -> list[str]:
            return ["tk", "en"]

    registry = RecognizerRegistry(recognizers=[presidio.TurkmenRecognizer()], supported_languages=["tk", "en"])
    engine = AnalyzerEngine(registry=registry, nlp_engine=Plain(spacy.blank("xx")), supported_languages=["tk", "en"])
    assert rows(engine) == FOUND


def test_entities_of_other_components_are_not_ours(presidio):
    nlp = turkmen_ner.load(shipped=False, infer=False, patterns=[{"label": "CITY", "id": "x", "pattern": "Awşar"}])
    nlp.add_pipe("entity_ruler", first=True).add_patterns([{"label": "PERSON", "pattern": "Jeren"}])
    assert rows(presidio.analyzer(nlp), "Jeren Awşarda.") == [("LOCATION", "Awşarda", 0.95)]


def test_as_presidio_makes_it_from_settings(presidio):
    settings = {"supported_entities": ["PERSON"], "supported_language": "tk", "name": "names", "context": ["jenap"]}
    made = presidio.TurkmenRecognizer.from_dict(settings)
    assert [f.entity_type for f in made.analyze(TEXT, ["PERSON", "LOCATION"])] == ["PERSON", "PERSON"]
    assert (made.name, made.version, made.context) == ("names", turkmen_ner.__version__, ["jenap"])
    assert made.to_dict()["supported_entities"] == ["PERSON"]


def test_a_pipeline_without_our_component(presidio):
    with pytest.raises(ValueError, match="the pipeline has no turkmen_ner component"):
        presidio.analyzer(spacy.blank("tk"))


# --- scores, anonymizing -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not DEV.exists(), reason="needs ../shared/gold/dev.jsonl, which is not ours to share")
def test_scores_promise_too_little(presidio):
    """More of the listed and of the other names are right on the development set, for other texts have more errors."""
    right, found = Counter(), Counter()
    for line in DEV.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        gold = Document(row["id"], row["text"], tuple((s["start"], s["end"], s["label"]) for s in row["spans"]))
        names = turkmen_ner.tag(row["text"])
        for listed in (True, False):
            one = compare(gold, [(e.start, e.end, e.label) for e in names if e.listed is listed])
            right[listed] += len(one.found & one.gold)
            found[listed] += len(one.found)
    assert min(found.values()) > 300
    shares = [right[listed] / found[listed] for listed in (True, False)]
    assert shares[0] > shares[1]
    for share, score in zip(shares, (presidio.LISTED, presidio.INFERRED), strict=True):
        assert score < share < score + 0.1


def test_anonymized(engine):
    anonymizer = pytest.importorskip("presidio_anonymizer")
    found = engine.analyze(TEXT, language="tk")
    assert anonymizer.AnonymizerEngine().anonymize(TEXT, found).text == (
        "<PERSON> <LOCATION> <ORGANIZATION> wekili <PERSON> bilen duşuşdy. «<SHIP>» gämisi <LOCATION> welaýatynda."
    )
