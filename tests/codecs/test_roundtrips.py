"""There and back: bytes, disk and another process, pickles, copies, DocBin, config, and models of earlier versions."""

import copy
import importlib.util
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin
from spacy.util import load_model_from_config
from thinc.api import Config

import turkmen_ner
from turkmen_ner.pipeline.component import FILE

ROOT = Path(__file__).parents[2]
MODELS = sorted((Path(__file__).parents[1] / "gazetteer" / "models").glob("*.json"))
OWN = [
    {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap", "kb": "geonames:1", "aliases": ["Zahrap"]},
    {"label": "SHIP", "id": "ship", "pattern": [{"IS_TITLE": True, "OP": "+"}], "after": ["tanker"]},
    {"label": "BODY", "id": "cost", "pattern": [{"TEXT": {"REGEX": "^Z-[0-9]+$"}}], "kb": "x:3"},
]
TEXT = "Bengazide bolsa Ak Guş tankeri durýar. Zahrapdaky Z-15 edarasynyň wekili, Orazmämmet Gylyjow Liwiýa bardy."


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Everything: the shipped patterns, one's own, a token rule, names on no list, spans."""
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"patterns": OWN, "labels": "ontonotes", "spans_key": "names"})
    return nlp


@pytest.fixture(scope="module")
def expected(nlp) -> list[dict[str, Any]]:
    found = rows(nlp)
    assert [row["id"] for row in found] == [
        "benghazi-ly", "doc.ak-gus", "zahyrap", "doc.z-15", "doc.orazmammet-gylyjow", "libya",
    ]  # fmt: skip
    return found


def rows(nlp: Language) -> list[dict[str, Any]]:
    return turkmen_ner.tag(TEXT, nlp=nlp).to_dicts()


# --- bytes, disk, another process ----------------------------------------------------------------------------------


def test_bytes(nlp, expected):
    """As spaCy's documentation does it: the config makes the pipeline, the bytes fill it."""
    again = spacy.util.get_lang_class("tk").from_config(nlp.config).from_bytes(nlp.to_bytes())
    assert rows(again) == expected
    assert again.to_bytes() == nlp.to_bytes()


def test_disk_and_another_process(nlp, expected, tmp_path):
    """A new process in an empty folder, which does not import turkmen_ner itself."""
    nlp.to_disk(tmp_path / "model")
    code = """
import json, sys
import spacy
nlp = spacy.load(sys.argv[1])
doc = nlp(sys.argv[2])
ents = [[e.text, e.label_, e.id_, e.kb_id_] for e in doc.ents]
spans = {key: [[s.text, s.label_, s.id_] for s in group] for key, group in doc.spans.items()}
print(json.dumps([list(doc.user_data.items()), ents, spans, [[t.lemma_, str(t.morph)] for t in doc]]))
"""
    (tmp_path / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, tmp_path / "model", TEXT],
        capture_output=True, text=True, cwd=tmp_path / "empty",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    details, ents, spans, tokens = json.loads(done.stdout)
    doc = nlp(TEXT)
    assert details == [[list(key), row] for key, row in doc.user_data.items()]
    assert ents == [[row["text"], row["label"], row["id"], row["kb"]] for row in expected]
    assert spans == {key: [[s.text, s.label_, s.id_] for s in group] for key, group in doc.spans.items()}
    assert tokens == [[t.lemma_, str(t.morph)] for t in doc]


def test_disk_again_and_again(nlp, expected, tmp_path):
    """spaCy doubles a `$` of the config each time it saves a loaded pipeline; the saved patterns stay as they were."""
    again = nlp
    for number in range(3):
        again.to_disk(tmp_path / str(number))
        again = spacy.load(tmp_path / str(number))
    assert rows(again) == expected
    first, last = ((tmp_path / number / "turkmen_ner" / FILE).read_bytes() for number in "02")
    assert first == last


# --- pickles and copies --------------------------------------------------------------------------------------------


def by_cloudpickle(value: Any) -> Any:
    cloudpickle = pytest.importorskip("cloudpickle")
    return cloudpickle.loads(cloudpickle.dumps(value))


WAYS: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "oldest pickle": lambda value: pickle.loads(pickle.dumps(value, protocol=2)),
    "cloudpickle": by_cloudpickle,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("way", WAYS)
def test_copied_pipeline(nlp, expected, way):
    again = WAYS[way](nlp)
    assert rows(again) == expected
    assert rows(nlp) == expected
    assert again.get_pipe("turkmen_ner").vocab is again.vocab
    assert [rows(again) for _ in again.pipe([TEXT, TEXT])] == [expected, expected]


@pytest.mark.parametrize("way", ["pickle", "cloudpickle", "deepcopy"])
def test_copied_pipeline_is_apart(nlp, expected, way):
    again = WAYS[way](nlp)
    again.get_pipe("turkmen_ner").from_bytes(_empty().to_bytes())
    assert [row["id"] for row in rows(again) if row["listed"]] == []
    assert rows(nlp) == expected


def _empty() -> Any:
    nlp = spacy.blank("tk")
    return nlp.add_pipe("turkmen_ner", config={"shipped": False})


@pytest.mark.parametrize("way", WAYS)
def test_copied_text_and_entities(nlp, expected, way):
    found = turkmen_ner.tag(TEXT, nlp=nlp)
    again = WAYS[way](found)
    assert again == found
    assert hash(again) == hash(found)
    assert again.to_dicts() == expected
    assert [(e.text, e.label_, e.id_, e.kb_id_) for e in again.doc.ents] == [
        (row["text"], row["label"], row["id"], row["kb"]) for row in expected
    ]
    for entity in found:
        assert WAYS[way](entity) == entity
        assert WAYS[way](entity).features == entity.features


@pytest.mark.parametrize("way", WAYS)
def test_copied_text_of_many(nlp, expected, way):
    """Made by tag_many, whose document is made when it is asked for."""
    (found,) = turkmen_ner.tag_many([TEXT], nlp=nlp)
    again = WAYS[way](found)
    assert again.to_dicts() == expected
    assert [e.id_ for e in again.doc.ents] == [row["id"] for row in expected]


# --- documents -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user_data", [True, False])
def test_docbin(nlp, expected, user_data, tmp_path):
    """Ids are of the document; base forms and sources of `Entity` are in its user data."""
    doc = nlp(TEXT)
    DocBin(docs=[doc], store_user_data=user_data).to_disk(tmp_path / "docs.spacy")
    (again,) = DocBin().from_disk(tmp_path / "docs.spacy").get_docs(spacy.blank("tk").vocab)
    assert [(e.text, e.label_, e.id_, e.kb_id_) for e in again.ents] == [
        (row["text"], row["label"], row["id"], row["kb"]) for row in expected
    ]
    assert [(s.text, s.label_, s.id_) for s in again.spans["names"]] == [
        (s.text, s.label_, s.id_) for s in doc.spans["names"]
    ]
    found = turkmen_ner.TaggedText(again)
    if user_data:
        assert found.to_dicts() == expected
    else:
        assert [(e.text, e.name, e.case, e.id, e.source) for e in found] == [
            (row["text"], row["name"], row["case"], row["id"], "") for row in expected
        ]


# --- the config ----------------------------------------------------------------------------------------------------


def test_config_as_text(nlp, expected):
    text = nlp.config.to_str()
    again = load_model_from_config(Config().from_str(text))
    assert again.config["components"] == nlp.config["components"]
    assert rows(again) == expected
    assert (
        Config().from_str(text, interpolate=False).to_bytes()
        == Config().from_bytes(nlp.config.to_bytes(), interpolate=False).to_bytes()
    )


@pytest.mark.parametrize("name", ["Zahyrap «Q» \"q\" 'q'", "Zahyrap \\ 5%", "Zahyrap; # = [x]", "Daňatar $5"])
def test_signs_in_the_config(name):
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"patterns": [{"label": "CITY", "id": "x", "pattern": name}], "shipped": False})
    again = load_model_from_config(Config().from_str(nlp.config.to_str()))
    assert again.config["components"]["turkmen_ner"]["patterns"][0]["pattern"] == name
    assert again.get_pipe("turkmen_ner").to_bytes() == nlp.get_pipe("turkmen_ner").to_bytes()


# --- models of earlier versions ------------------------------------------------------------------------------------


def test_there_are_models():
    assert MODELS


@pytest.mark.filterwarnings("ignore:.*W095")  # saved with another spaCy
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_model_of_an_earlier_version(path):
    known = json.loads(path.read_text(encoding="utf8"))
    nlp = spacy.load(path.with_suffix(""))
    found = turkmen_ner.tag(known["text"], nlp=nlp).to_dicts()
    assert all(0 < row.pop("score") <= 1 for row in found)  # each version fits its own
    assert found == known["entities"]
    assert len(known["entities"]) > 5


def test_model_of_this_version(tmp_path):
    """What is saved now is what was saved then; else gazetteer.FORMAT has to change, and before a release the model."""
    path = Path(__file__).parents[1] / "gazetteer" / "models" / turkmen_ner.__version__
    if not path.exists():
        pytest.skip(f"no model of {turkmen_ner.__version__} yet: python tools/save_model.py")
    spec = importlib.util.spec_from_file_location("save_model", ROOT / "tools" / "save_model.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    tool.pipeline().to_disk(tmp_path, exclude=["vocab"])
    assert (tmp_path / "turkmen_ner" / FILE).read_bytes() == (path / "turkmen_ner" / FILE).read_bytes()
