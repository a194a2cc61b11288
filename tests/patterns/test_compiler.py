"""Own patterns over compiled ones: the same as if all had been read from the start."""

import pytest

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.patterns import loader as sources
from turkmen_ner.patterns import shipped as store
from turkmen_ner.patterns.compiler import above, compile, over
from turkmen_ner.patterns.reader import parse, read
from turkmen_ner.patterns.simple_entries import Run, document_run

BASE = {
    "patterns": [
        {"id": "bengazi", "label": "CITY", "pattern": "Bengazi", "aliases": ["Benghazi"], "kb": "geonames:1"},
        {"id": "mary", "label": "CITY", "pattern": "Mary", "maybe": True},
        {"id": "mary-name", "label": "PERSON", "pattern": "Mary", "maybe": True},
        {"id": "watan", "label": "BODY", "pattern": "watan habarlary", "case": "any"},
        {"id": "un", "label": "BODY", "pattern": "Birleşen Milletler Guramasy", "aliases": ["BMG"]},
        {"id": "ministry", "label": "BODY", "pattern": "Milli Goranmak ministrligi", "before": ["Türkiýe"]},
        {"id": "rule", "label": "SHIP", "pattern": [{"IS_TITLE": True}], "after": [{"LIST": ["ships"]}]},
    ],
    "evidence": [{"id": "near", "label": "CITY", "weight": 2, "when": ["after:heads"]}],
    "lists": {"ships": ["gämi"], "heads": ["Şäher"]},
}
# what is laid over it
OVER = {
    "a name": [{"label": "CITY", "pattern": "Ankara"}],
    "names": [{"label": "CITY", "pattern": "Ankara"}, {"label": "BODY", "pattern": "Milli gazet", "aliases": ["MG"]}],
    "the same name": [{"label": "PERSON", "pattern": "Bengazi"}, {"label": "CITY", "pattern": "Mary"}],
    "the same thing": [{"label": "CITY", "pattern": "Bengazi"}],
    "an id again": [{"id": "bengazi", "label": "BODY", "pattern": "Bengazi"}],
    "an id again, plain and not": [
        {"id": "mary", "label": "CITY", "pattern": "Maru"},
        {"id": "un", "label": "BODY", "pattern": "Milletler", "inflect": False},
    ],
    "one name for two, the other way round": [
        {"id": "mary", "label": "BODY", "pattern": "Tripoli"},
        {"id": "bengazi", "label": "CITY", "pattern": "Tripoli"},
    ],
    "first and last": [
        {"id": "rule", "label": "CITY", "pattern": "Oslo"},
        {"id": "bengazi", "label": "CITY", "pattern": "Mary"},
    ],
    "aliases": [{"id": "un", "aliases": ["Milletler Guramasy", "BMG", "Mary"]}],
    "aliases of a rule": [{"id": "rule", "aliases": ["Etrek"]}],
    "aliases twice": [{"patterns": [{"id": "un", "aliases": ["MG"]}]}, {"patterns": [{"id": "un", "aliases": ["BM"]}]}],
    "an outside id": [{"id": "mary", "kb": "geonames:2"}],
    "a context": [{"id": "ministry", "before": ["Liwiýa"], "not_after": ["däl"]}],
    "removed": [{"remove": ["mary"]}],
    "removed rule": [{"remove": ["rule", "near"]}],
    "all removed": [{"remove": [row["id"] for row in BASE["patterns"]]}],
    "removed and again": [{"remove": ["mary"], "patterns": [{"id": "mary", "label": "CITY", "pattern": "Mary"}]}],
    "removed, another and again": [
        {"remove": ["bengazi", "watan"]},
        {"label": "CITY", "pattern": "Mary Şäheri"},
        {"patterns": [{"id": "bengazi", "label": "CITY", "pattern": "Mary"}], "lists": {"ships": ["tanker"]}},
    ],
    "a rule over a name": [{"id": "mary", "label": "SHIP", "pattern": [{"LOWER": "etrek"}], "after": ["gämi"]}],
    "a list of a later source": [
        {"id": "x", "label": "SHIP", "pattern": "Etrek", "after": [{"LIST": ["boats"]}]},
        {"label": "CITY", "pattern": "Ankara"},
        {"lists": {"boats": ["gaýyk"]}},
    ],
    "evidence": [{"evidence": [{"id": "near", "label": "CITY", "weight": "3", "when": ["words:1"]}]}],
    "three layers": [
        {"label": "PERSON", "pattern": "Mary"},
        {"id": "un", "aliases": ["Mary"]},
        {"patterns": [{"label": "PERSON", "pattern": "Mary", "aliases": ["Meri"]}]},
    ],
}


def described(gazetteer: Gazetteer) -> dict[str, object]:
    """All that a gazetteer holds, however its forms are numbered."""
    names = gazetteer.names
    return {
        "entries": list(gazetteer.entries),
        "phrases": {key: [gazetteer.forms[place] for place in found] for key, found in gazetteer.phrases.items()},
        "forms": sorted(gazetteer.forms),
        "prefixes": gazetteer.prefixes,
        "lower": (names.lower.begins, names.lower.starts),
        "labels": gazetteer.labels,
        "lists": {name: list(words) for name, words in gazetteer.lists.items()},
        "evidence": list(gazetteer.evidence),
        "token_rules": list(gazetteer.token_rules),
        "contexts": dict(gazetteer.contexts),
    }


def fresh(*more: object) -> dict[str, object]:
    return described(compile(read([BASE, *more])))


def base() -> Gazetteer:
    """The base as a compiled file has it."""
    return Gazetteer.from_data(compile(read([BASE])).to_data())


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_same_as_read_from_the_start(own):
    below = base()
    before = described(below)
    assert described(sources.laid(own, below)) == fresh(*own)
    assert described(over(read(own, above(below)), below)) == fresh(*own)  # without the short way for plain entries
    assert described(below) == before


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_same_from_a_compiled_file(own, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "shipped", base)
    path = tmp_path / "own.msgpack"
    assert store.compile_patterns(own, path) == len(fresh(*own)["entries"])
    assert described(store.gazetteer([str(path)], use_shipped=True)) == fresh(*own)


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_saved_and_read_again(own):
    made = sources.laid(own, base())
    assert described(Gazetteer.from_data(made.to_data())) == described(made)


WRONG = {
    "no such id": [{"id": "none", "aliases": ["A"]}],
    "nothing to remove": [{"remove": ["none"]}],
    "no such list": [{"id": "x", "label": "SHIP", "pattern": "Etrek", "after": [{"LIST": ["none"]}]}],
    "id twice": [{"id": "x", "label": "CITY", "pattern": "Ankara"}, {"id": "x", "label": "CITY", "pattern": "Oslo"}],
    "made id twice": [{"label": "CITY", "pattern": "Ankara"}, {"label": "CITY", "pattern": "Ankara"}],
    "made id twice over the base": [{"label": "PERSON", "pattern": "Mary"}, {"label": "PERSON", "pattern": "Mary"}],
    "one of many": [*({"label": "CITY", "pattern": f"Oba{n}"} for n in range(9)), {"label": "city", "pattern": "Oba"}],
    "a name without letters": [{"label": "CITY", "pattern": "!?"}],
    "no label": [{"pattern": "Ankara"}],
    "a number": [{"label": "CITY", "pattern": 5}],
    "long": [{"label": "CITY", "pattern": "söz " * 31}],
    "alias": [{"label": "CITY", "pattern": "Ankara", "aliases": ["", "A"]}],
    "truth": [{"label": "CITY", "pattern": "Ankara", "maybe": 1.5}],
    "note": [{"label": "CITY", "pattern": "Ankara", "note": " "}],
    "kb": [{"label": "CITY", "pattern": "Ankara", "kb": 5}],
    "id": [{"label": "CITY", "pattern": "Ankara", "id": "Ankara"}],
}


@pytest.mark.parametrize("own", WRONG.values(), ids=WRONG)
def test_same_errors(own):
    with pytest.raises(PatternError) as expected:
        compile(read([BASE, *own]))
    with pytest.raises(PatternError) as found:
        sources.laid(own, base())
    assert str(found.value) == str(expected.value)


# --- plain entries -------------------------------------------------------------------------------------------------

# What the short way takes, and what it leaves to rules.py.
PLAIN = [
    {"label": "CITY", "pattern": "Bengazi"},
    {"label": " CITY ", "pattern": " Bengazi ", "id": " x "},
    {"pattern": "Rio-de-Žaneýro", "aliases": ["Rio", "RIO", "Rio de Žaneýro"]},
    {"pattern": "Mary", "maybe": "true", "kb": "a:1", "note": "also a word"},
    {"pattern": "Mary", "maybe": False, "id": None, "kb": None, "label": None},
    {"pattern": "5+5 komissiýasy", "label": "BODY", "aliases": ("BMG", "watan")},
    {"pattern": "Söwda ministrligi", "label": "BODY"},
    {"pattern": "Туркменистан"},
    {"pattern": " ".join(["Söz"] * 30)},
]
OTHER = [
    {"pattern": "Watan", "case": "any"},
    {"pattern": "Watan", "inflect": False},
    {"pattern": "Watan", "aliases": [{"pattern": "Ýurt"}]},
    {"id": "x", "aliases": ["Watan"]},
    {"pattern": [{"LOWER": "watan"}]},
    {"pattern": "Watan", "after": ["gazeti"]},
    {"pattern": "Watan", "yes": ["Watan."]},
    {"pattern": "Wa\u00adtan"},
    {"pattern": "${watan}"},
    {"pattern": "Watan", "maybe": 1},
    {"pattern": "Watan", "maybe": None},
    {"pattern": "Watan", "aliases": None},
    {"pattern": "Watan", "aliases": "Ýurt"},
    {"pattern": "\u00ad"},
    {"pattern": "Wat\ud800an"},
    {"pattern": "Wat\nan"},
]


@pytest.mark.parametrize("row", PLAIN, ids=str)
def test_plain_entry(row):
    document = {"label": "REGION", "patterns": [row]}
    if row.get("label", "") is None:
        document = {"patterns": [{**row, "label": "REGION"}]}
    run = document_run(document, "f")
    assert isinstance(run, Run)
    checked = compile(read([document]))
    (entry,) = run.over(Gazetteer.empty()).entries
    assert (entry.id, entry.label, entry.kb) == (checked.entries[0].id, checked.entries[0].label, checked.entries[0].kb)
    assert list(run.over(Gazetteer.empty()).forms) == list(checked.forms)
    assert entry.source == parse(document, "f").patterns[0].source


@pytest.mark.parametrize("row", OTHER, ids=str)
def test_other_entry(row):
    assert document_run({"label": "REGION", "patterns": [row]}, "f") is None


def test_lines_of_a_file(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {pattern: Ankara}\n\n  - pattern: Oslo\n", encoding="utf8")
    assert [entry.source for entry in sources.laid([path], base()).entries][-2:] == ["my.yaml:3", "my.yaml:5"]
    assert described(sources.laid([path], base())) == fresh(path)


def test_list_of_names(tmp_path):
    path = tmp_path / "towns.txt"
    path.write_text("# about: towns\n# label: CITY\n# count: 2\n\nAnkara\nMary  # also a name\n", encoding="utf8")
    assert isinstance(next(iter(sources.layers([path]))), Run)
    assert described(sources.laid([path], base())) == fresh(path)


def test_list_of_words(tmp_path):
    path = tmp_path / "ships.txt"
    path.write_text("# about: ships\nTanker\nýük gämisi\n", encoding="utf8")
    assert described(sources.laid([path], base())) == fresh(path)
