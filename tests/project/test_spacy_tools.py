"""What tools for spaCy read of a pipeline: a component called `ner`, its labels, spans and colours, the model card."""

import importlib
import json
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.cli.package import generate_readme
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import registry

from turkmen_ner.codecs.html import COLORS
from turkmen_ner.pipeline.component import SCHEMES

ROOT = Path(__file__).parents[2]
TEXT = "Ibrahim Kalyn Bengazide BMG-niň wekilleri bilen duşuşdy."


@pytest.fixture(scope="module")
def nlp(tmp_path_factory) -> Language:
    """A saved pipeline with the component under the name that such tools ask for."""
    folder = tmp_path_factory.mktemp("model")
    made = spacy.blank("tk")
    made.add_pipe("turkmen_ner", name="ner", config={"labels": "ontonotes"})
    made.to_disk(folder / "saved")
    return spacy.load(folder / "saved")


# --- spacy-streamlit and the like ----------------------------------------------------------------------------------


def test_labels_are_asked_of_ner(nlp):
    assert set(nlp.get_pipe("ner").labels) == set(SCHEMES["ontonotes"].values()) == set(nlp.meta["labels"]["ner"])


def test_table_of_entities(nlp):
    rows = [[str(getattr(ent, each)) for each in ("text", "label_", "start", "end")] for ent in nlp(TEXT).ents]
    assert rows == [["Ibrahim Kalyn", "PERSON", "0", "2"], ["Bengazide", "GPE", "2", "3"], ["BMG-niň", "ORG", "3", "4"]]


def test_only_some_labels_are_drawn(nlp):
    html = displacy.render(nlp(TEXT), style="ent", jupyter=False, options={"ents": ["GPE"]})
    assert html.count("<mark") == 1


def test_meta_config_and_document_are_shown_as_json(nlp):
    assert json.loads(json.dumps(nlp.meta))["pipeline"] == ["ner"]
    assert "turkmen_ner" in nlp.config.to_str()
    assert [ent["label"] for ent in json.loads(json.dumps(nlp(TEXT).to_json()))["ents"]] == ["PERSON", "GPE", "ORG"]


def test_selected_by_name(nlp):
    with nlp.select_pipes(disable="ner"):
        assert nlp(TEXT).ents == ()
    assert nlp(TEXT).ents


# --- colours -------------------------------------------------------------------------------------------------------


def test_colours_are_those_of_our_own_pictures(monkeypatch):
    monkeypatch.setattr(registry.displacy_colors, "get_all", lambda: {"turkmen_ner": COLORS})
    named = spacy.blank("tk")
    named.add_pipe("turkmen_ner")
    html = displacy.render(named(TEXT), style="ent", jupyter=False)
    assert [f"background: {COLORS[label]}" in html for label in ("PERSON", "CITY", "BODY", "SHIP")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert {label for scheme in SCHEMES.values() for label in scheme.values()} <= set(COLORS)


# --- spans_key -----------------------------------------------------------------------------------------------------


def ruler(nlp: Language, **place: object) -> None:
    nlp.add_pipe("span_ruler", config={"spans_key": "sc"}, **place).add_patterns(
        [{"label": "WORD", "pattern": "bilen"}]
    )


def test_spans_of_another_component_are_not_lost():
    nlp = spacy.blank("tk")
    ruler(nlp)
    nlp.add_pipe("turkmen_ner", config={"spans_key": "sc"})
    with pytest.raises(ValueError, match=r"doc.spans\['sc'\] was set by another component.*another"):
        nlp(TEXT)


def test_two_of_ours_want_a_key_each():
    nlp = spacy.blank("tk")
    for name in ("one", "two"):
        nlp.add_pipe("turkmen_ner", name=name, config={"spans_key": "sc", "shipped": False})
    with pytest.raises(ValueError, match="give two another"):
        nlp(TEXT)


def test_own_spans_are_set_anew():
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", config={"spans_key": "sc"})
    doc = nlp(TEXT)
    first = [span.text for span in doc.spans["sc"]]
    (stored,) = DocBin().from_bytes(DocBin(docs=[doc]).to_bytes()).get_docs(nlp.vocab)
    for again in (nlp(doc), nlp(stored)):
        assert [span.text for span in again.spans["sc"]] == first
    assert len(first) == 3


def test_other_keys_stay():
    nlp = spacy.blank("tk")
    ruler(nlp)
    nlp.add_pipe("turkmen_ner", config={"spans_key": "names"})
    assert {key: len(spans) for key, spans in nlp(TEXT).spans.items()} == {"sc": 1, "names": 3, "names.rejected": 0}


# --- the card ------------------------------------------------------------------------------------------------------


def test_model_has_a_card(tmp_path, monkeypatch, capsys):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    tool = importlib.import_module("build_model")
    gold = tmp_path / "gold.jsonl"
    spans = [[0, 13, "PERSON"], [14, 23, "CITY"], [24, 31, "SHIP"]]  # the last is wrong
    gold.write_text(json.dumps({"id": "1", "text": TEXT, "spans": spans}) + "\n", encoding="utf8")
    folder = tmp_path / "build" / "model"
    assert tool.main([str(folder), "--gold", str(gold)]) == 0
    meta = json.loads((folder / "meta.json").read_text(encoding="utf8"))
    assert meta["performance"]["ents_f"] == pytest.approx(2 / 3)
    assert meta["performance"]["ents_per_type"]["GPE"] == {"p": 1.0, "r": 1.0, "f": 1.0}
    assert meta["performance"]["ents_per_type"]["PRODUCT"]["r"] == 0
    card = generate_readme(meta)
    for part in (
        "tk_names",
        "for Turkmen",
        "MIT",
        "GPE",
        "ENTS_F",
        "66.67",
        "LICENSES_SOURCES",
        "Scored on 1 documents",
    ):
        assert part in card
    assert "CC BY 4.0" in (folder / "LICENSES_SOURCES").read_text(encoding="utf8")
    assert isinstance(spacy.load(folder)(TEXT), Doc)
    assert tool.main([str(folder)]) == 1
    assert "is there" in capsys.readouterr().err
