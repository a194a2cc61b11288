"""A user's patterns over compiled ones: the same as if all had been read from the start."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import Overlay, merge
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.patterns import loader
from turkmen_ner.patterns import shipped as store
from turkmen_ner.patterns.compiler import compile, overlay
from turkmen_ner.patterns.reader import Source, parse, read, scan
from turkmen_ner.patterns.schema import SimpleEntry

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
    "never to be found": [{"label": "NONE", "pattern": "Mary", "aliases": ["Ankara"]}],
    "an id made never to be found": [
        {"id": "un", "label": "NONE", "pattern": "BMG"},
        {"patterns": [{"id": "un", "aliases": ["MG"]}]},
    ],
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
    """All that a gazetteer holds, with entries by their ids, so however they are numbered."""
    entries, forms = gazetteer.entries, gazetteer.forms

    def form(place: int) -> tuple[str, str, int]:
        return entries[forms[place].entry].id, forms[place].written, forms[place].flags

    def phrases(found: Iterable[tuple[str, Iterable[int]]]) -> dict[str, list[object]]:
        return {key: [form(place) for place in places] for key, places in found}

    prefixes = {key[:n] for key in gazetteer.phrases for n, char in enumerate(key) if char == " "}
    return {
        "entries": list(entries),
        "numbers": [entries[gazetteer.number(entry.id)] is not None for entry in entries],
        "phrases": phrases(gazetteer.phrases.items()),
        "without diacritics": phrases(gazetteer._ascii.items()),
        "forms of entries": {
            id: sorted(form[1:] for form in found)
            for id, found in gazetteer.forms_of([entry.id for entry in entries]).items()
        },
        "forms": sorted((entries[form.entry].id, *form[1:]) for form in forms),
        "prefixes": {prefix for prefix in prefixes if gazetteer.begins(prefix)},
        "no prefixes": [w for w in ("milli", "birleşen", "mary", "watan", "milli goranmak") if gazetteer.begins(w)],
        "lower": (gazetteer.lower.begins, gazetteer.lower.starts),
        "labels": gazetteer.labels,
        "lists": {name: list(words) for name, words in gazetteer.lists.items()},
        "evidence": list(gazetteer.evidence),
        "token_rules": [(entries[rule.entry].id, rule.tokens) for rule in gazetteer.token_rules],
        "contexts": [(entries[number].id, dict(found)) for number, found in gazetteer.contexts.items()],
        "stops": stops(gazetteer),
        "matches": {
            word: [(entries[m.form.entry].id, m.form.written, m.base) for m in gazetteer.final(word, fold(word))]
            for word in ("Mary", "Maryda", "Bengazi", "Tripoli", "BMG", "watan", "Etrek", "Ankaradan")
        },
    }


def stops(gazetteer: Gazetteer) -> list[tuple[str, bool]]:
    """The forms that are not to be found, and whether these are such wherever else they stand."""
    names = gazetteer.stops.names if gazetteer.stops else Gazetteer.empty()
    return sorted({(form.written, names.entries[form.entry].label == "NONE") for form in names.forms})


def fresh(*more: object) -> dict[str, object]:
    return described(compile(read([BASE, *more])))


def base() -> Gazetteer:
    """The base as a compiled file has it."""
    return Gazetteer.from_data(compile(read([BASE])).to_data())


def over(own: Iterable[Source], below: Gazetteer) -> Gazetteer:
    return loader.load(own, below)[0]


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_same_as_read_from_the_start(own):
    below = base()
    before = described(below)
    assert described(over(own, below)) == fresh(*own)
    assert described(compile(read(own, below))) == fresh(*own)  # without the short way for simple entries
    assert described(below) == before


@pytest.mark.parametrize("own", ["aliases twice", "removed and again", "three layers"])
def test_same_one_source_after_the_other(own):
    documents = [source if "patterns" in source else {"patterns": [source]} for source in OVER[own]]
    made = base()
    for document in documents:
        made = compile(read([document], made))
    assert len(made.tables) == 1 + len(documents)
    assert described(made) == fresh(*documents)


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_same_from_a_compiled_file(own, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "shipped", base)
    path = tmp_path / "own.msgpack"
    assert store.compile_patterns(own, path) == len(fresh(*own)["entries"])
    assert described(store.gazetteer([str(path)], use_shipped=True)) == fresh(*own)


@pytest.mark.parametrize("own", OVER.values(), ids=OVER)
def test_saved_and_read_again(own):
    made = over(own, base())
    assert described(Gazetteer.from_data(made.to_data())) == described(made)


IDS = st.sampled_from(["bengazi", "mary", "mary-name", "mary-2", "watan", "un", "ministry", "rule", "near", "tripoli"])
NAMES = st.sampled_from(
    ["Mary", "Bengazi", "Tripoli", "BMG", "Milli Goranmak", "watan habarlary", "Milli gazet", "Märi"]
)
LABELS = st.sampled_from(["CITY", "PERSON", "BODY", "NONE"])
ENTRY = st.one_of(
    st.fixed_dictionaries(
        {"label": LABELS, "pattern": NAMES},
        optional={"id": IDS, "aliases": st.lists(NAMES, max_size=2), "maybe": st.booleans(), "kb": st.just("a:1")},
    ),
    st.fixed_dictionaries({"label": LABELS, "pattern": NAMES, "case": st.just("any")}, optional={"id": IDS}),
    st.fixed_dictionaries({"id": IDS, "aliases": st.lists(NAMES, min_size=1, max_size=2)}),
    st.fixed_dictionaries({"id": IDS, "kb": st.just("b:2"), "before": st.just(["gämi"])}),
    st.fixed_dictionaries({"id": IDS, "label": LABELS, "pattern": st.just([{"LOWER": "etrek"}])}),
)
SOURCE = st.one_of(
    ENTRY,
    st.fixed_dictionaries({"patterns": st.lists(ENTRY, max_size=4)}, optional={"remove": st.lists(IDS, max_size=2)}),
)


def described_or_refused(make) -> object:
    """Without stops: an entry that replaces one below and is removed silences that one, too, if it was compiled."""
    try:
        return {key: value for key, value in described(make()).items() if key != "stops"}
    except PatternError as error:
        return str(error)


@settings(max_examples=300, deadline=None)
@given(st.lists(SOURCE, min_size=1, max_size=4))
def test_any_patterns_are_the_same_over_others(own):
    """Ids with numbers, removed and again, aliases twice: the answers, and the errors, are those of one reading."""
    below = base()
    expected = described_or_refused(lambda: compile(read([BASE, *own])))
    assert described_or_refused(lambda: over(own, below)) == expected
    if isinstance(expected, dict):
        more = Overlay.from_data(overlay(read(own, below)).to_data())
        assert described_or_refused(lambda: merge(below, more)) == expected


def test_generated_ids_over_another_base(tmp_path):
    """A compiled file is laid over names that it was not compiled with: a generated id makes way, a given one not."""
    own = [{"label": "PERSON", "pattern": "Mary"}, {"label": "BODY", "id": "un", "pattern": "Guramasy"}]
    store.compile_patterns(own, tmp_path / "own.msgpack", shipped=False)
    made = over([tmp_path / "own.msgpack"], base())
    assert [(e.id, e.label) for e in made.entries if e.id in ("mary", "mary-2", "un")] == [
        ("mary", "CITY"),
        ("un", "BODY"),
        ("mary-2", "PERSON"),
    ]
    assert described(made) == fresh(*own)


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
        over(own, base())
    assert str(found.value) == str(expected.value)


# --- simple entries ------------------------------------------------------------------------------------------------

# What is read without models, and what is not.
SIMPLE = [
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


def entries_of(document: object) -> list[type]:
    return [type(entry) for entry in scan(document, "f", simple=True).file.patterns]


@pytest.mark.parametrize("row", SIMPLE, ids=str)
def test_simple_entry(row):
    document = {"label": "REGION", "patterns": [row]}
    if row.get("label", "") is None:
        document = {"patterns": [{**row, "label": "REGION"}]}
    assert entries_of(document) == [SimpleEntry]
    assert described(over([document], Gazetteer.empty())) == described(compile(read([document])))
    assert scan(document, "f", simple=True).file.patterns[0].source == parse(document, "f").patterns[0].source


@pytest.mark.parametrize("row", OTHER, ids=str)
def test_other_entry(row):
    assert SimpleEntry not in entries_of({"label": "REGION", "patterns": [row]})


def test_lines_of_a_file(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {pattern: Ankara}\n\n  - pattern: Oslo\n", encoding="utf8")
    assert [entry.source for entry in over([path], base()).entries][-2:] == ["my.yaml:3", "my.yaml:5"]
    assert described(over([path], base())) == fresh(path)


def test_list_of_names(tmp_path):
    path = tmp_path / "towns.txt"
    path.write_text("# about: towns\n# label: CITY\n# count: 2\n\nAnkara\nMary  # also a name\n", encoding="utf8")
    assert described(over([path], base())) == fresh(path)


def test_list_of_words(tmp_path):
    path = tmp_path / "ships.txt"
    path.write_text("# about: ships\nTanker\nýük gämisi\n", encoding="utf8")
    assert described(over([path], base())) == fresh(path)
