"""Names for Presidio: the real AnalyzerEngine, without network; the real AnonymizerEngine where it is installed."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import spacy

import turkmen_ner
from turkmen_ner.patterns.reader import LABELS
from turkmen_ner.pipeline.component import SCHEMES

ROOT = Path(__file__).parents[2]
TEXT = "Halife Haftar Bengazide BMG-niň wekili Jeren Orazowa bilen duşuşdy. «Berkarar» gämisi Lebap welaýatynda."
FOUND = [
    ("PERSON", "Halife Haftar"),
    ("LOCATION", "Bengazide"),
    ("ORGANIZATION", "BMG-niň"),
    ("PERSON", "Jeren Orazowa"),
    ("SHIP", "Berkarar"),
    ("LOCATION", "Lebap"),
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
    return [(f.entity_type, text[f.start : f.end]) for f in sorted(found, key=lambda f: f.start)]


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


def test_threshold_leaves_what_is_surer(engine):
    scores = {e.text: e.score for e in turkmen_ner.tag(TEXT)}
    most = max(scores.values())
    assert rows(engine, score_threshold=most) == [row for row in FOUND if scores[row[1]] == most] != FOUND


@pytest.mark.parametrize("text", ["", " ", "Hiç kim.", "12 34"])
def test_nothing_found(engine, text):
    assert rows(engine, text) == []


def test_allow_list(engine):
    assert ("LOCATION", "Bengazide") not in rows(engine, allow_list=["Bengazide"])


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
        ("PHONE_NUMBER", "65-12-34"),
        ("LOCATION", "Lebapda"),
    ]
    near, far = (engine.analyze(f"{word} 65-12-34.", language="tk")[0].score for word in ("Telefonym", "Belgisi"))
    assert (near, far) == (0.75, 0.4)
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
        assert explanation.original_score == result.score == entity.score
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
    assert rows(presidio.analyzer(nlp), "Jeren Awşarda.") == [("LOCATION", "Awşarda")]


def test_as_presidio_makes_it_from_settings(presidio):
    settings = {"supported_entities": ["PERSON"], "supported_language": "tk", "name": "names", "context": ["jenap"]}
    made = presidio.TurkmenRecognizer.from_dict(settings)
    assert [f.entity_type for f in made.analyze(TEXT, ["PERSON", "LOCATION"])] == ["PERSON", "PERSON"]
    assert (made.name, made.version, made.context) == ("names", turkmen_ner.__version__, ["jenap"])
    assert made.to_dict()["supported_entities"] == ["PERSON"]


def test_a_pipeline_without_our_component(presidio):
    with pytest.raises(ValueError, match="the pipeline has no turkmen_ner component"):
        presidio.analyzer(spacy.blank("tk"))


# --- anonymizing -------------------------------------------------------------------------------------------


def test_anonymized(engine):
    anonymizer = pytest.importorskip("presidio_anonymizer")
    found = engine.analyze(TEXT, language="tk")
    assert anonymizer.AnonymizerEngine().anonymize(TEXT, found).text == (
        "<PERSON> <LOCATION> <ORGANIZATION> wekili <PERSON> bilen duşuşdy. «<SHIP>» gämisi <LOCATION> welaýatynda."
    )
