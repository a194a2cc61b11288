"""A user's own files as they come: plain lists, and what spaCy's EntityRuler writes."""

from pathlib import Path

import pytest

from turkmen_ner.errors import PatternError, Problem
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.patterns.shipped import compile_patterns, gazetteer


def loaded(*sources: object, shipped: bool = False) -> Gazetteer:
    return gazetteer(list(sources), use_shipped=shipped)


def refused(*sources: object, shipped: bool = False) -> tuple[Problem, ...]:
    with pytest.raises(PatternError) as caught:
        loaded(*sources, shipped=shipped)
    return caught.value.errors


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf8")
    return path


# --- plain lists ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("head", ["", "# about: people\n", "# Label: PERSON\n"])
@pytest.mark.parametrize("shipped", [True, False])
def test_a_list_of_names_without_a_label_is_refused(tmp_path, head, shipped):
    (found,) = refused(written(tmp_path, "people.txt", f"{head}Merdan Orazow\n"), shipped=shipped)
    assert str(found) == (
        "people.txt:1: found no label, and nothing asks for a list of words 'people', expected a first line that says "
        "what it is: `# label: PERSON`, `# label: NONE` for a stop list, or `# list: …` for words"
    )
    with pytest.raises(PatternError, match="`# label: PERSON`"):
        compile_patterns([str(tmp_path / "people.txt")], tmp_path / "own.msgpack", shipped=shipped)


ASKS = {
    "nobody, it says so": ("# list: people\n", []),
    "a token pattern": ("", [{"label": "SHIP", "pattern": [{"LIST": "people"}]}]),
    "a context": ("", [{"label": "SHIP", "pattern": "Etrek", "after": [{"LIST": "people"}]}]),
    "a rule": ("", [{"evidence": [{"id": "r", "label": "CITY", "weight": 1, "when": ["before:people"]}]}]),
    "another list": ("", [{"lists": {"people": ["adam"]}}]),
}


@pytest.mark.parametrize(("head", "others"), ASKS.values(), ids=ASKS)
def test_a_list_of_words_that_somebody_asks_for(tmp_path, head, others):
    path = written(tmp_path, "people.txt", f"{head}wezir\n")
    for sources in ([path, *others], [*others, path]):
        assert "wezir" in loaded(*sources).lists["people"]


def test_words_for_a_shipped_list(tmp_path):
    assert "gorhana" in loaded(written(tmp_path, "titles.txt", "gorhana\n"), shipped=True).lists["titles"]


def test_an_empty_list_is_none(tmp_path):
    assert len(loaded(written(tmp_path, "people.txt", "\n")).entries) == 0
