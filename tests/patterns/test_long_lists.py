"""Longer lists cost no more for a text: what is read, made and kept is counted, at small sizes and without a clock."""

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
import scale

import turkmen_ner
from turkmen_ner.api import component
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.table import Lower, Names
from turkmen_ner.patterns import reader as rules
from turkmen_ner.patterns import shipped as store
from turkmen_ner.patterns.compiler import compile

ROOT = Path(__file__).parents[2]
TEXT = (
    "Ibrahim Kalyn Bengazide Halife Haftar bilen duşuşdy. Bu barada Awşarda M.Orazow habar berdi, Awşaryň wekili däl."
)


@pytest.fixture
def made(monkeypatch):
    """The numbers of the entries and forms that were made of their columns."""
    numbers = {"entry": [], "form": []}
    for what in numbers:
        make = getattr(Names, what)
        monkeypatch.setattr(Names, what, lambda self, n, make=make, what=what: numbers[what].append(n) or make(self, n))
    return numbers


def loaded(count: int, **kwargs: object) -> turkmen_ner.api.Language:
    return turkmen_ner.load(patterns=[*scale.entries(count), {"label": "CITY", "pattern": "Awşar"}], **kwargs)


# --- made when a text has them -------------------------------------------------------------------------------------


def test_no_entry_is_made_before_a_text_has_it(made):
    loaded(2000, shipped=False)
    assert made == {"entry": [], "form": []}


def test_only_what_a_text_has_is_made_and_once(made):
    nlp = loaded(2000, shipped=False)
    for _ in range(3):
        turkmen_ner.tag("Awşarda, Awşardan, awşar.", nlp=nlp)
    assert made == {"entry": [2000], "form": [2000]}


def test_what_is_made_does_not_grow_with_the_list(made):
    counts = []
    for count in (100, 3000):
        made["entry"].clear()
        made["form"].clear()
        turkmen_ner.tag(TEXT, nlp=loaded(count, shipped=False))
        counts.append((len(made["entry"]), len(made["form"])))
    assert counts[0] == counts[1] == (1, 1)


def test_labels_make_no_entry(made):
    assert component(loaded(500, shipped=False, infer=False)).labels == ("CITY", "PERSON")
    assert made["entry"] == []


def test_counting_makes_only_what_was_found(made):
    nlp = loaded(2000, shipped=False, infer=False)
    assert [row.name for row in turkmen_ner.count(["Awşarda boldy."], nlp=nlp)] == ["Awşar"]
    assert (set(made["entry"]), set(made["form"])) == ({2000}, {2000})


# --- kept ----------------------------------------------------------------------------------------------------------


def growth(measure, small: int, large: int) -> float:
    """What a further name adds to a measure."""
    return (measure(large) - measure(small)) / (large - small)


def test_bytes_of_a_name():
    """Half the names are of two words and a beginning; beside them their keys, ids and labels."""

    def kept(count: int) -> int:
        rows = scale.entries(count)
        gc.collect()
        tracemalloc.start()
        try:
            gazetteer = store.gazetteer(rows, use_shipped=False)
            assert len(gazetteer.entries) == count
            del rows
            gc.collect()
            return tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()

    assert growth(kept, 1000, 6000) < 500


def test_a_name_is_nothing_to_collect():
    """The garbage collector walks all that it tracks, again and again; a name adds nothing."""

    def tracked(count: int) -> int:
        gazetteer = store.gazetteer(scale.entries(count), use_shipped=False)
        gc.collect()
        assert len(gazetteer.forms) == count
        return len(gc.get_objects())

    assert growth(tracked, 500, 3500) < 0.05


def test_bytes_of_a_name_in_a_compiled_file(tmp_path):
    def size(count: int) -> int:
        path = tmp_path / f"{count}.msgpack"
        store.compile_patterns(scale.entries(count), path, shipped=False)
        return path.stat().st_size

    assert growth(size, 500, 3500) < 100


def test_a_million_entries_are_not_copied_into_the_config():
    rows = scale.entries(50)
    nlp = turkmen_ner.load(patterns=rows, shipped=False)
    kept = nlp.config["components"]["turkmen_ner"]["patterns"]
    assert kept == rows
    assert all(one is other for one, other in zip(kept, rows, strict=True))


# --- read ----------------------------------------------------------------------------------------------------------


def test_own_entries_read_no_shipped_file_again(monkeypatch):
    store.shipped()
    for name in ("read_text", "read_yaml", "read_list"):
        monkeypatch.setattr(rules, name, lambda *args: pytest.fail("read a file"))
    own = [{"label": "CITY", "pattern": "Awşar"}, {"id": "tdh", "aliases": ["TDHA"]}, {"remove": ["benghazi-ly"]}]
    found = {e.name: e.id for e in turkmen_ner.tag("TDHA: Awşarda.", nlp=turkmen_ner.load(patterns=own))}
    assert found == {"TDHA": "tdh", "Awşar": "awsar"}


def test_plain_entries_make_no_models(monkeypatch):
    monkeypatch.setattr(rules.PatternFile, "model_validate", lambda *args: pytest.fail("made a model"))
    rows = scale.entries(100)
    assert len(store.gazetteer(rows, use_shipped=False).entries) == 100
    assert len(store.gazetteer([{"label": "CITY", "patterns": rows}], use_shipped=False).entries) == 100


def test_shipped_names_are_shared():
    below = store.shipped()
    for own in ({"label": "CITY", "pattern": "Ak"}, {"id": "tdh", "aliases": ["TDHA"]}):
        made = store.gazetteer([own], use_shipped=True)
        assert all(made.lists[name] is words for name, words in below.lists.items())
        assert len(below.forms) + 1 == len(made.forms)


_COLD = """
import json, sys
import turkmen_ner
turkmen_ner.tag("Ol Bengazide boldy.")
print(json.dumps([m for m in sys.modules if m == "yaml" or m.startswith("turkmen_ner.")]))
"""


def test_compiled_patterns_need_no_schema(tmp_path):
    """A process that only tags imports neither YAML nor the models that check entries."""
    store.shipped()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", _COLD], env=environment, capture_output=True, text=True, check=True)
    found = set(json.loads(done.stdout))
    assert "turkmen_ner.gazetteer.lookup" in found
    for module in ("rules", "layers", "sources", "plain", "check", "explanation"):
        assert f"turkmen_ner.{module}" not in found


# --- looked up -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "may_be"),
    [("watan", True), ("watanymyz", True), ("wata", True), ("wat", False), ("dowata", False), ("ýagyş", True)],
)
def test_names_in_lower_case(word, may_be):
    assert Lower.of(["watan", "milli gazet", "ýa"]).may_be(word) is may_be


def test_a_name_of_one_letter_begins_any_word():
    assert Lower.of(["a"]).may_be("watan")
    assert not Lower.of([]).may_be("watan")


def test_columns_that_do_not_fit_are_refused():
    data = compile(rules.read([{"label": "CITY", "pattern": "Awşar", "aliases": ["Owşar"]}])).to_data()
    for key, value in [
        ("owners", b"\1\0\0\0" * 2),
        ("owners", b"\0\0\0\0"),
        ("flags", b"\0"),
        ("lines", b""),
        ("lines", b"\0"),
        ("places", ["awşar\nowşar", b"\2\0\0\0" * 2, []]),
        ("places", ["awşar\nowşar", b"\xff\xff\xff\xff" * 2, []]),
        ("places", ["awşar", b"\0\0\0\0" * 2, []]),
        ("written", ["AwşarOwşar", b"\5\0\0\0\5\0\0\0"]),
        ("labels", [[], b"\0\0\0\0"]),
    ]:
        with pytest.raises(ValueError, match=r"column|argument|bytes"):
            Gazetteer.from_data({**data, "names": {**data["names"], key: value}})


# --- the benchmark -------------------------------------------------------------------------------------------------


def test_names_of_the_benchmark():
    names = scale.names(400)
    assert len(set(names)) == 400
    assert scale.names(100) == names[:100]
    assert {" " in name for name in names} == {True, False}
    assert len({entry["id"] for entry in scale.entries(400)}) == 400


def test_forms_of_the_benchmark():
    found = scale.forms("Aşgabat")
    assert found >= {"Aşgabat", "Aşgabada", "Aşgabatlardan", "Aşgabadymyzyň"}
    assert 30 < len(found) < 50


def test_recall_of_the_benchmark():
    rows, asked = scale.rows_of(60, inflected=False), scale.mentions(60)
    assert len(asked) == 60
    assert all(text[slice(*span)][:2] in {row.forms[0][:2] for row in rows} for text, span in asked)
    assert scale.recall(scale._ours(rows), asked) > 0.9


@pytest.mark.parametrize("way", ["aho_corasick", "flashtext", "flashtext_bare", "entity_ruler", "span_ruler"])
def test_ways_of_the_benchmark(way):
    if way == "aho_corasick":
        pytest.importorskip("ahocorasick", exc_type=ImportError)
    if way.startswith("flashtext"):
        pytest.importorskip("flashtext", exc_type=ImportError)
    _, inflected, make = scale.TOOLS[way]
    found = scale.recall(make(scale.rows_of(40, inflected)), scale.mentions(40))
    assert found > 0.9 if inflected else found < 0.6


def test_a_way_that_takes_too_long():
    assert scale.limited("ours", 100, 1, limit=0.01) is None
    assert scale.side_by_side([5], 1, limit=0.01)[-1] == ["turkmen_ner, base forms", "5", "> 0 s", "", "", ""]
