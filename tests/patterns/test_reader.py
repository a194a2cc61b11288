"""Reading patterns: YAML as strings, every mistake with its line, entries from files, lists and dicts in order."""

import re
from pathlib import Path

import pytest

from turkmen_ner.errors import PatternError
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.files import files_of
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import read, read_yaml
from turkmen_ner.patterns.schema import MAX_WORDS
from turkmen_ner.patterns.word_list import read_head, read_list


def write(folder: Path, text: str | bytes, name: str = "my.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def names(patterns: Patterns) -> dict[str, str | None]:
    return {key: entry.pattern for key, entry in patterns.entries.items()}


def messages(source: object) -> list[str]:
    with pytest.raises(PatternError) as caught:
        read([source])  # type: ignore[list-item]
    return str(caught.value).splitlines()


# --- YAML as strings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "scalar",
    ["on", "yes", "no", "off", "y", "true", "null", "12:30", "1_000", "0x1F", "1e3", ".inf", "2025-01-01", "=", "1.0"],
)
def test_scalars_stay_strings(scalar):
    assert read_yaml(f"a: {scalar}\nb: [{scalar}]\n", "f") == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize("name", ["on", "12:30", "yes", "no", "null", "2025-01-01", "007"])
def test_names_that_yaml_would_change(tmp_path, name):
    path = write(tmp_path, f"label: BODY\npatterns:\n  - {{id: x, pattern: {name}}}\n")
    assert names(read([path])) == {"x": name}


def test_strings_of_all_styles(tmp_path):
    text = "label: CITY\npatterns:\n  - pattern: \"Nýu-Ýork\"\n  - pattern: 'Sent-Luis'\n  - pattern: Rio de Žaneýro\n"
    assert list(names(read([write(tmp_path, text)])).values()) == ["Nýu-Ýork", "Sent-Luis", "Rio de Žaneýro"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark\n", "label: CITY\n", "label: CITY\npatterns: []\n"])
def test_empty_file(tmp_path, text):
    assert names(read([write(tmp_path, text)])) == {}


def test_bom_and_crlf(tmp_path):
    path = write(tmp_path, b"\xef\xbb\xbflabel: CITY\r\npatterns:\r\n  - {id: x, pattern: Bengazi}\r\n")
    patterns = read([path])
    assert names(patterns) == {"x": "Bengazi"}
    assert patterns.entries["x"].source == "my.yaml:3"


# --- one mistake, one line -----------------------------------------------------------------------------------------

_HEAD = "label: CITY\npatterns:\n"
# what is wrong · the text after `label: CITY`, `patterns:` · line of the mistake · what the message says
_WRONG_ENTRIES = [
    ("key twice", "  - pattern: A\n    pattern: B\n", 4, "'pattern' twice"),
    ("anchor", "  - &a {pattern: A}\n", 3, "anchor"),
    ("alias", "  - {pattern: A}\n  - *a\n", 4, "alias"),
    ("anchored word", "  - {pattern: &a A}\n", 3, "anchor"),
    ("python tag", '  - !!python/object/apply:os.system ["true"]\n', 3, "tag"),
    ("own tag", "  - {pattern: !x A}\n", 3, "tag"),
    ("standard tag", "  - {pattern: !!str A}\n", 3, "tag"),
    ("merge key", "  - {<<: {pattern: A}}\n", 3, "<<"),
    ("tab", "\t- {pattern: A}\n", 3, "tab|start any token"),
    ("tab to indent", "  - pattern: A\n\tid: x\n", 4, "tab"),
    ("list as a key", "  - {[a]: A}\n", 3, "key"),
    ("open bracket", "  - [A\n", 4, "well-formed"),
    ("second document", "  - {pattern: A}\n---\nlabel: CITY\n", 5, "second document"),
    ("plain word", "  - Bengazi\n", None, "Bengazi"),
    ("pattern a mapping", "  - {id: x, pattern: {a: b}}\n", 3, "pattern"),
    ("aliases no list", "  - {pattern: A, aliases: B}\n", 3, "aliases: expected a list"),
    ("blank alias", "  - {pattern: A, aliases: [B, '']}\n", 3, "aliases"),
    ("maybe no truth", "  - pattern: A\n    maybe: perhaps\n", 4, "maybe: expected true or false"),
    ("inflect no truth", "  - pattern: A\n    inflect: yes\n", 4, "inflect: expected true or false"),
    ("soften no truth", "  - pattern: A\n    soften: yes\n", 4, "soften"),
    ("possessed no truth", "  - pattern: A\n    possessed: 1\n", 4, "possessed"),
    ("case unknown", "  - pattern: A\n    case: upper\n", 4, "case.*'upper'"),
    ("unknown key", "  - pattern: A\n    patern: B\n", 4, "unknown key 'patern'; expected one of .*pattern"),
    ("unknown key of an alias", "  - pattern: A\n    aliases:\n      - {pattern: B, kb: x}\n", 5, "unknown key 'kb'"),
    ("label in lower case", "  - {pattern: A, label: city}\n", 3, "label.*'city'"),
    ("id with a space", "  - {pattern: A, id: my city}\n", 3, "id.*'my city'"),
    ("id in capitals", "  - {pattern: A, id: City}\n", 3, "id.*'City'"),
    ("empty pattern", "  - {id: x, pattern: ''}\n", 3, "pattern: expected some text"),
    ("blank pattern", "  - {id: x, pattern: '  '}\n", 3, "pattern: expected some text"),
    ("pattern without letters", "  - {id: x, pattern: '!?'}\n", 3, "at least one letter"),
    ("pattern of invisible letters", "  - {id: x, pattern: '\u200b\u00ad'}\n", 3, "at least one letter"),
    ("neither pattern nor id", "  - {kb: 'iso3166:TM'}\n", 3, "expected a pattern"),
    ("id alone", "  - {id: x}\n", 3, "expected a pattern"),
    ("id not known", "  - {id: x, aliases: [A]}\n", 3, "'x' without a pattern"),
    ("id twice", "  - {id: x, pattern: A}\n\n  - {id: x, pattern: B}\n", 5, "'x' a second time, first at my.yaml:3"),
    ("made id twice", "  - {pattern: A}\n  - {pattern: A}\n", 4, "'a' a second time"),
    ("note empty", "  - {pattern: A, note: ''}\n", 3, "note: expected some text"),
]


@pytest.mark.parametrize(
    ("text", "line", "says"), [row[1:] for row in _WRONG_ENTRIES], ids=[r[0] for r in _WRONG_ENTRIES]
)
def test_wrong_entry(tmp_path, text, line, says):
    found = messages(write(tmp_path, _HEAD + text))
    assert len(found) == 1
    assert found[0].startswith("my.yaml:" if line is None else f"my.yaml:{line}:")
    assert _says(says, found[0]), found[0]


def _says(pattern: str, message: str) -> bool:
    return re.search(pattern, message) is not None


# what is wrong · the file · line, None where the whole file is meant · what the message says
_WRONG_FILES = [
    ("a list at the top", "- {pattern: A}\n", None, "list at the top"),
    ("a word at the top", "Bengazi\n", None, "at the top"),
    ("unknown key", "label: CITY\npattern: []\n", 2, "unknown key 'pattern'; expected one of .*patterns"),
    ("patterns a mapping", "label: CITY\npatterns: {pattern: A}\n", 2, "patterns: expected a list"),
    ("patterns a word", "label: CITY\npatterns: Bengazi\n", 2, "patterns: expected a list"),
    ("label a list", "label: [CITY]\npatterns: []\n", 1, "label: expected a string"),
    ("label empty", "label:\npatterns: []\n", 1, "label: expected some text"),
    ("no label", "patterns:\n  - {label: CITY, pattern: A}\n  - {id: y, pattern: B}\n", 3, "y.*label: found none"),
    ("lists a list", "lists: [a]\n", 1, "lists: expected a mapping"),
    ("a list of lists a word", "lists:\n  a: b\n", 2, "lists: expected a list"),
    ("remove a word", "remove: bengazi\n", 1, "remove: expected a list"),
    ("points in words", "evidence:\n  - {id: a, label: CITY, weight: much, when: [words:1]}\n", 2, "weight: expected"),
    ("no fact", "evidence:\n  - {id: a, label: CITY, weight: 1, when: [şäher]}\n", 2, "when: expected a fact"),
    ("facts a word", "evidence:\n  - {id: a, label: CITY, weight: 1, when: words:1}\n", 2, "when: expected a list"),
    ("rule without label", "evidence:\n  - {id: a, weight: 1, when: [words:1]}\n", 2, "label"),
    ("rule without id", "evidence:\n  - {label: CITY, weight: 1, when: [words:1]}\n", 2, "id"),
    (
        "unknown key of a rule",
        "evidence:\n  - {id: a, label: CITY, weight: 1, when: [words:1], so: x}\n",
        2,
        "unknown key 'so'",
    ),
    (
        "rule twice",
        "evidence:\n" + 2 * "  - {id: a, label: CITY, weight: 1, when: [words:1]}\n",
        3,
        "'a' a second time",
    ),
    ("nested", "patterns:\n  - " + "[" * 60 + "]" * 60 + "\n", 2, "at most 50 inside each other"),
    ("nested deep", "patterns: " + "[" * 5000 + "]" * 5000 + "\n", 1, "nest"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), [row[1:] for row in _WRONG_FILES], ids=[r[0] for r in _WRONG_FILES])
def test_wrong_file(tmp_path, text, line, says):
    found = messages(write(tmp_path, text))
    assert len(found) == 1
    assert found[0].startswith("my.yaml: " if line is None else f"my.yaml:{line}:"), found[0]
    assert _says(says, found[0]), found[0]


def test_all_mistakes_at_once(tmp_path):
    text = """\
label: CITY
patterns:
  - {id: good, pattern: Bengazi}
  - {id: Bad, pattern: Tripoli}
  - id: x
    pattern: Misrata
    maybe: perhaps
    colour: red
  - {id: y, pattern: ''}
"""
    found = messages(write(tmp_path, text))
    assert [m.split(":")[1] for m in found] == ["4", "7", "8", "9"]
    for message, fragment in zip(found, ("Bad", "perhaps", "colour", "(y)"), strict=True):
        assert fragment in message


def test_all_missing_labels_at_once(tmp_path):
    found = messages(write(tmp_path, "patterns:\n  - {pattern: A}\n  - {pattern: B, label: CITY}\n  - {pattern: C}\n"))
    assert [m.split(":")[1] for m in found] == ["2", "4"]


def test_all_repeated_ids_at_once(tmp_path):
    rows = "".join(f"  - {{id: {i}, pattern: {p}}}\n" for i, p in ("aA", "bB", "aC", "bD"))
    found = messages(write(tmp_path, _HEAD + rows))
    assert [m.split(":")[1] for m in found] == ["5", "6"]


def test_mistake_names_entry_and_value(tmp_path):
    (found,) = messages(write(tmp_path, _HEAD + "  - {id: bengazi, pattern: Bengazi, maybe: often}\n"))
    assert found == "my.yaml:3: entry 1 (bengazi): maybe: expected true or false, found 'often'"


def test_name_of_ten_thousand_words(tmp_path):
    (found,) = messages(write(tmp_path, _HEAD + f"  - {{id: x, pattern: '{'söz ' * 10_000}'}}\n"))
    assert found.startswith("my.yaml:3: entry 1 (x): ")
    assert f"at most {MAX_WORDS} words, not 10000" in found
    assert len(found) < 400


def test_longest_name(tmp_path):
    name = " ".join(["Söz"] * MAX_WORDS)
    assert names(read([write(tmp_path, _HEAD + f"  - {{id: x, pattern: {name}}}\n")])) == {"x": name}


def test_pattern_error_is_a_value_error():
    assert issubclass(PatternError, ValueError)


def test_tags_do_not_run(tmp_path):
    mark = tmp_path / "ran"
    messages(write(tmp_path, f'label: !!python/object/apply:os.mkdir ["{mark}"]\n'))
    assert not mark.exists()


# --- paths ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"label: CITY\npatterns:\n  - {pattern: \xff}\n", "3: byte 36 is not UTF-8"),
        ("label: CITY\n".encode("utf-16"), "1: byte 0 is not UTF-8 but like UTF-16"),
        ("label: ş\n".encode("cp1254"), "1: byte 7 is not UTF-8"),
    ],
)
def test_not_utf8(tmp_path, content, says):
    path = write(tmp_path, content)
    (found,) = messages(path)
    assert found.startswith(f"{path}:{says}")


def test_list_not_utf8(tmp_path):
    (found,) = messages(write(tmp_path, b"# label: CITY\n\xfe\n", "my.txt"))
    assert "byte 14 is not UTF-8" in found


def test_path_that_does_not_exist(tmp_path):
    (found,) = messages(tmp_path / "none.yaml")
    assert found.startswith(f"{tmp_path / 'none.yaml'}: cannot be read (No such file or directory)")


def test_path_below_a_file(tmp_path):
    (found,) = messages(write(tmp_path, "") / "deeper.yaml")
    assert "cannot be read (Not a directory)" in found


def test_folder_without_files(tmp_path):
    (tmp_path / "README.md").write_text("no patterns")
    (found,) = messages(tmp_path)
    assert found.startswith(f"{tmp_path}: found a folder without .yaml, .yml, .jsonl or .txt files")


def test_folder_called_like_a_file(tmp_path):
    folder = tmp_path / "cities.yaml"
    folder.mkdir()
    assert "found a folder without" in messages(folder)[0]
    write(folder, _HEAD + "  - {id: x, pattern: Bengazi}\n")
    assert names(read([folder])) == {"x": "Bengazi"}


def test_unknown_ending(tmp_path):
    (found,) = messages(write(tmp_path, "label,pattern\n", "my.csv"))
    assert "'.csv', expected .yaml, .yml, .jsonl or .txt" in found


def test_folder_is_read_in_order(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("b.yaml", "a.yml", "sub/c.yaml", "z.txt", "README.md"):
        write(tmp_path, "", name)
    assert [p.relative_to(tmp_path).as_posix() for p in files_of(tmp_path)] == [
        "a.yml",
        "b.yaml",
        "sub/c.yaml",
        "z.txt",
    ]


@pytest.mark.parametrize("kind", [str, Path])
def test_path_as_text_or_path(tmp_path, kind):
    assert names(read([kind(write(tmp_path, _HEAD + "  - {id: x, pattern: Bengazi}\n"))])) == {"x": "Bengazi"}


@pytest.mark.parametrize("sources", ["my.yaml", Path("my.yaml"), {"pattern": "A", "label": "CITY"}])
def test_one_source_without_a_list(sources):
    with pytest.raises(TypeError, match="must be a list"):
        read(sources)


@pytest.mark.parametrize("source", [5, None, ["my.yaml"], b"my.yaml"])
def test_source_of_another_type(source):
    with pytest.raises(TypeError, match=f"not {type(source).__name__}"):
        read([source])


# --- entries and documents as dicts --------------------------------------------------------------------------------


def test_entries_as_dicts():
    patterns = read([{"label": "CITY", "id": "x", "pattern": "Ankara", "maybe": True, "aliases": ("Angora",)}])
    entry = patterns.entries["x"]
    assert (entry.label, entry.pattern, entry.maybe, [f.pattern for f in entry.forms()]) == (
        "CITY",
        "Ankara",
        True,
        ["Ankara", "Angora"],
    )
    assert entry.source == "<patterns> entry 1"


def test_same_from_a_dict_and_from_a_file(tmp_path):
    path = write(
        tmp_path, _HEAD + "  - {id: x, pattern: Ankara, aliases: [{pattern: Angora, maybe: true}], kb: 'a:1'}\n"
    )
    given = {
        "label": "CITY",
        "patterns": [{"id": "x", "pattern": "Ankara", "aliases": [{"pattern": "Angora", "maybe": True}], "kb": "a:1"}],
    }
    assert read([path]).entries == {
        key: entry.model_copy(update={"source": "my.yaml:3"}) for key, entry in read([given]).entries.items()
    }


def test_documents_as_dicts():
    patterns = read([{"label": "CITY", "patterns": [{"pattern": "Ankara"}], "lists": {"a": ["b"]}}])
    assert names(patterns) == {"ankara": "Ankara"}
    assert patterns.lists == {"a": ("b",)}


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"pattern": "Ankara"}, "label: found none"),
        ({"label": "CITY"}, "expected a pattern"),
        ({}, "expected a pattern"),
        ({"label": "CITY", "pattern": 5}, "pattern"),
        ({"label": "CITY", "pattern": None}, "expected"),
        ({"label": "CITY", "pattern": "A", "maybe": "true", "inflect": 2}, "inflect: expected true or false, found 2"),
        ({"label": "CITY", "pattern": "A", "source": 5}, "source"),
        ({"label": 1, "pattern": "A"}, "label: expected a string, not int"),
        ({"label": "CITY", "pattern": "A", "colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_wrong_dict(entry, says):
    found = messages(entry)
    assert found[0].startswith("<patterns>")
    assert "entry 1" in found[0]
    assert says in found[0]


def test_dicts_are_not_changed():
    entry = {"label": "CITY", "pattern": "Ankara", "aliases": ["Angora"]}
    read([entry])
    assert entry == {"label": "CITY", "pattern": "Ankara", "aliases": ["Angora"]}


@pytest.mark.parametrize(
    ("entries", "ids"),
    [
        (["Nýu-Ýork"], ["nyu-york"]),
        (["«Türkmengaz» döwlet konserni"], ["turkmengaz-dowlet-konserni"]),
        (["5+5 komissiýa"], ["5-5-komissiya"]),
        (["Şäher", "Saher"], ["saher", "saher-2"]),
    ],
)
def test_made_ids(entries, ids):
    document = {"patterns": [{"label": f"L{n}", "pattern": name} for n, name in enumerate(entries)]}
    assert names(read([document])) == dict(zip(ids, entries, strict=True))


# --- plain lists ---------------------------------------------------------------------------------------------------

_LIST = "# about: Cities\n# label: CITY\n# count: 2\n\nBengazi  # on the coast\n\n# Tripolitania\nTripoli\n"


def test_list_with_label(tmp_path):
    patterns = read([write(tmp_path, _LIST, "towns.txt")])
    assert [(k, e.pattern, e.label, e.source) for k, e in patterns.entries.items()] == [
        ("towns.bengazi", "Bengazi", "CITY", "towns.txt:5"),
        ("towns.tripoli", "Tripoli", "CITY", "towns.txt:8"),
    ]
    assert patterns.lists == {}


def test_list_without_label(tmp_path):
    patterns = read([write(tmp_path, "# about: Offices\nwekil\nbaş direktor # two words\n", "offices.txt")])
    assert patterns.lists == {"offices": ("wekil", "baş direktor")}
    assert names(patterns) == {}


def test_lists_of_one_name_add_up(tmp_path):
    one = write(tmp_path, "# list: titles\nwekil\n", "a.txt")
    other = write(tmp_path, "lists:\n  titles: [ilçi]\n", "b.yaml")
    assert read([one, other, {"lists": {"titles": ["hakim"]}}]).lists == {"titles": ("wekil", "ilçi", "hakim")}


@pytest.mark.parametrize("text", ["", "# about: nothing\n", "\n\n"])
def test_empty_list(tmp_path, text):
    assert read([write(tmp_path, text, "a.txt")]).lists == {"a": ()}


def test_list_with_a_word_that_is_no_name(tmp_path):
    found = messages(write(tmp_path, "# label: CITY\nBengazi\n!!\n", "a.txt"))
    assert len(found) == 1
    assert found[0].startswith("a.txt")
    assert "at least one letter" in found[0]


def test_list_head():
    text = "# about: Names\n#   of cities\n# count: 2\nBengazi\n# label: CITY\n"
    assert read_head(text) == {"about": "Names of cities", "count": "2"}
    assert read_list(text, "x").label is None


# --- later sources over earlier ones -------------------------------------------------------------------------------

_BASE = {
    "label": "CITY",
    "patterns": [{"id": "a", "pattern": "Ankara", "kb": "x:1"}, {"id": "b", "pattern": "Bengazi"}],
    "evidence": [{"id": "r", "label": "CITY", "weight": 1, "when": ["words:1"]}],
}


def test_override_by_id():
    entry = read([_BASE, {"id": "a", "label": "BODY", "pattern": "Angora"}]).entries["a"]
    assert (entry.label, entry.pattern, entry.kb) == ("BODY", "Angora", None)


def test_override_keeps_the_place():
    assert list(read([_BASE, {"id": "a", "label": "CITY", "pattern": "Angora"}]).entries) == ["a", "b"]


def test_add_aliases_by_id():
    entry = read(
        [_BASE, {"id": "a", "aliases": ["Angora"]}, {"patterns": [{"id": "a", "aliases": ["Ancyra"]}]}]
    ).entries["a"]
    assert sorted(f.pattern for f in entry.forms()) == ["Ancyra", "Angora", "Ankara"]
    assert (entry.label, entry.kb) == ("CITY", "x:1")


def test_add_kb_by_id():
    assert read([_BASE, {"id": "b", "kb": "x:2"}]).entries["b"].kb == "x:2"


def test_remove():
    assert names(read([_BASE, {"remove": ["a"]}])) == {"b": "Bengazi"}


def test_remove_and_put_another():
    document = {"label": "CITY", "remove": ["a"], "patterns": [{"id": "a", "pattern": "Afin"}]}
    assert names(read([_BASE, document])) == {"b": "Bengazi", "a": "Afin"}


def test_remove_what_is_not_there():
    assert "'nope'" in messages({"remove": ["nope"]})[0]


def test_evidence_rules(tmp_path):
    text = (
        "evidence:\n  - {id: r, label: CITY, weight: -1.5, when: [after:city-heads, words:1], unless: [shape:caps]}\n"
    )
    rule = read([_BASE, write(tmp_path, text)]).evidence["r"]
    assert (rule.weight, rule.when, rule.unless, rule.source) == (
        -1.5,
        ("after:city-heads", "words:1"),
        ("shape:caps",),
        "my.yaml:2",
    )
    assert read([_BASE, {"remove": ["r"]}]).evidence == {}


def test_alias_does_not_inherit_maybe():
    patterns = read([{"label": "CITY", "id": "m", "pattern": "Mary", "maybe": True, "aliases": ["Mary şäheri"]}])
    assert [(f.pattern, f.maybe) for f in patterns.entries["m"].forms()] == [("Mary", True), ("Mary şäheri", False)]


# --- nothing half loaded -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        {"label": "CITY", "patterns": [{"id": "new", "pattern": "A"}, {"id": "nope", "aliases": ["B"]}]},
        {"label": "CITY", "patterns": [{"id": "new", "pattern": "A"}, {"id": "new", "pattern": "B"}]},
        {"label": "CITY", "remove": ["a", "nope"], "patterns": [{"id": "new", "pattern": "A"}]},
        {"label": "CITY", "remove": ["nope"], "lists": {"new": ["x"]}},
    ],
)
def test_refused_whole(document):
    base = compile(read([_BASE]))
    with pytest.raises(PatternError):
        read([document], base)
    assert [(entry.id, form.written) for entry, form in zip(base.entries, base.forms, strict=True)] == [
        ("a", "Ankara"),
        ("b", "Bengazi"),
    ]
    assert [rule.id for rule in base.evidence] == ["r"]
    assert base.lists == {}


def test_values_are_frozen():
    entry = read([_BASE]).entries["a"]
    with pytest.raises(ValueError, match="frozen"):
        entry.pattern = "other"


def test_two_readings_do_not_share():
    one = read([_BASE])
    read([_BASE, {"id": "a", "aliases": ["Angora"]}])
    assert [f.pattern for f in one.entries["a"].forms()] == ["Ankara"]


def test_sources_are_read_once_and_in_order(tmp_path):
    (tmp_path / "later.yaml").write_text("label: CITY\npatterns:\n  - {id: x, pattern: Tripoli}\n", encoding="utf8")
    sources = iter([{"label": "CITY", "id": "x", "pattern": "Bengazi"}, tmp_path / "later.yaml"])
    assert [e.pattern for e in read(sources).entries.values()] == ["Tripoli"]


@pytest.mark.parametrize("weight", ["nan", "inf", "-inf", "viel"])
def test_weights_are_numbers(weight):
    rule = {"id": "x.y", "label": "CITY", "weight": weight, "when": ["words:1"]}
    with pytest.raises(PatternError, match=f"weight: expected a number of points, like 3 or -1.5, found '{weight}'"):
        read([{"evidence": [rule]}])


def test_a_rule_has_facts():
    with pytest.raises(PatternError, match="when: expected at least one fact"):
        read([{"evidence": [{"id": "x.y", "label": "CITY", "weight": "1", "when": []}]}])


def test_an_unknown_id_to_remove_is_named_with_its_line(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\n\nremove: [nobody]\n", encoding="utf8")
    with pytest.raises(PatternError, match=r"^my.yaml:3: remove: found the id 'nobody'"):
        read([path])


def test_a_control_character_is_named_with_its_line(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text("label: CITY\npatterns:\n  - {pattern: A\x01B}\n", encoding="utf8")
    with pytest.raises(PatternError, match=r"^my.yaml:3: .*control character '\\x01'"):
        read([path])


def test_a_path_with_a_nul():
    with pytest.raises(PatternError, match="cannot be read"):
        read(["a\0b.yaml"])
