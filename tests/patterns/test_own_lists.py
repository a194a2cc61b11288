"""A user's own files as they come: plain lists, and what spaCy's EntityRuler writes."""

import json
from pathlib import Path

import pytest
import spacy

import turkmen_ner
from turkmen_ner.authoring.check import check
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


def test_names_that_differ_in_diacritics_or_capitals_are_several(tmp_path):
    path = written(tmp_path, "people.txt", "# label: PERSON\nSahra\nŞahra\nSahra 2\nŞAHRA\n")
    assert [entry.id for entry in loaded(path).entries] == [
        "people.sahra",
        "people.sahra-2",
        "people.sahra-2-2",
        "people.sahra-3",
    ]


@pytest.mark.parametrize("name", ["people.txt", "people.jsonl", "people.yaml"])
def test_a_name_that_stands_twice_is_named(tmp_path, name):
    row = {"txt": "Tumar", "yaml": "- {label: CITY, pattern: Tumar}", "jsonl": '{"label": "CITY", "pattern": "Tumar"}'}
    head = {"txt": "# label: CITY", "yaml": "patterns:", "jsonl": ""}
    kind = name.partition(".")[2]
    found = refused(written(tmp_path, name, "\n".join([head[kind], *3 * [row[kind]]])))
    id = "people.tumar" if kind == "txt" else "tumar"
    assert [str(problem) for problem in found] == [
        f"{name}:{line}: found the name 'Tumar' with the id '{id}' a second time, first at {name}:2, "
        "expected each name once"
        for line in (3, 4)
    ]


@pytest.mark.parametrize(("text", "line", "key"), [
    ("# label: NONE\n# label: CITY\nTumar\n", 2, "label"),
    ("# label: CITY\nTumar\n# label: NONE\nTumarly\n", 3, "label"),
    ("# list: a\nTumar\n\n# list: b\nTumarly\n", 4, "list"),
])  # fmt: skip
def test_a_list_says_once_what_it_is(tmp_path, text, line, key):
    (found,) = refused(written(tmp_path, "people.txt", text))
    assert str(found) == (
        f"people.txt:{line}: found a second line `# {key}:`, expected one in the head: a file holds names of one "
        "label, or words of one list"
    )


@pytest.mark.parametrize(("name", "text"), [
    ("A.TXT", "# label: CITY\nTumar\n"),
    ("A.Yaml", "patterns: [{label: CITY, pattern: Tumar}]\n"),
    ("A.JSONL", '{"label": "CITY", "pattern": "Tumar"}\n'),
])  # fmt: skip
def test_an_ending_in_capitals(tmp_path, name, text):
    path = written(tmp_path, name, text)
    for source in (path, tmp_path):
        assert [entry.source.partition(":")[0] for entry in loaded(source).entries] == [name]


# --- remove --------------------------------------------------------------------------------------------------------

TUMAR = {"label": "CITY", "id": "tumar", "pattern": "Tumar"}
RULE = {"id": "r", "label": "CITY", "weight": 1, "when": ["words:1"]}


@pytest.mark.parametrize(("id", "before"), [("tdh", []), ("tumar", [TUMAR]), ("r", [{"evidence": [RULE]}])])
def test_what_is_removed_twice_is_removed(tmp_path, id, before):
    once = {"remove": [id]}
    names = loaded(*before, once, {"remove": [id, id]}, shipped=True)
    assert names.number(id) is None
    assert id not in [rule.id for rule in names.evidence]
    (found,) = refused(*before, once, {"id": id, "aliases": ["Tumarly"]}, shipped=True)
    assert "without a pattern, expected the id of an entry loaded before and not removed" in str(found)


def test_two_compiled_files_may_remove_one_entry(tmp_path):
    for name in ("a", "b"):
        compile_patterns([written(tmp_path, f"{name}.yaml", "remove: [tdh]\n")], tmp_path / f"{name}.msgpack")
    for last in ("b.msgpack", "b.yaml"):
        assert loaded(tmp_path / "a.msgpack", tmp_path / last, shipped=True).number("tdh") is None


@pytest.mark.parametrize("id", ["nobody", "Aşgabat", "given-names"])
def test_what_is_no_id_is_not_removed(id):
    (found,) = refused({"remove": [id]}, shipped=True)
    assert str(found).startswith(f"<patterns>: remove: found the id '{id}', expected one of an entry loaded before")
    assert "`turkmen-ner tag`" in str(found)
    assert "`# label: NONE`" in str(found)


# --- what an entry without a pattern cannot change -----------------------------------------------------------------


@pytest.mark.parametrize("base", ["shipped", "own"])
@pytest.mark.parametrize(("keys", "of_file", "says"), [
    ({"label": "BODY"}, {}, "(ashgabat): label: found 'BODY', expected CITY, the label of the entry that it adds to"),
    ({"label": "NONE"}, {}, "(ashgabat): label: found 'NONE', expected CITY"),
    ({}, {"label": "NONE"}, "(ashgabat): label: found 'NONE', expected CITY"),
    ({"maybe": True}, {}, "expected a pattern, or an alias with maybe: "),
    ({"case": "any", "inflect": False}, {}, "expected a pattern, or an alias with inflect, case: "),
])  # fmt: skip
def test_what_an_addition_cannot_change_is_refused(base, keys, of_file, says):
    own = [{"label": "CITY", "id": "ashgabat", "pattern": "Aşgabat"}] if base == "own" else []
    addition = {"patterns": [{"id": "ashgabat", "aliases": ["Aşg"], **keys}], **of_file}
    (found,) = refused(*own, addition, shipped=base == "shipped")
    assert says in str(found)


@pytest.mark.parametrize("base", ["shipped", "own"])
@pytest.mark.parametrize("keys", [{"label": "CITY"}, {"aliases": [{"pattern": "Aşg", "maybe": True}]}])
@pytest.mark.parametrize("of_file", [{}, {"label": "PERSON"}])
def test_what_an_addition_may_say(base, keys, of_file):
    own = [{"label": "CITY", "id": "ashgabat", "pattern": "Aşgabat"}] if base == "own" else []
    addition = {"patterns": [{"id": "ashgabat", "aliases": ["Aşg"], **keys}], **of_file}
    names = loaded(*own, addition, shipped=base == "shipped")
    assert "Aşg" in [form.written for form in names.forms_of(["ashgabat"])["ashgabat"]]
    assert names.entries[names.number("ashgabat")].label == "CITY"


def test_a_stop_name_may_be_added_to():
    stop = {"label": "NONE", "id": "stop", "pattern": "Tumar"}
    addition = {"label": "NONE", "patterns": [{"id": "stop", "aliases": ["Tumarly"]}]}
    stops = loaded(stop, addition).stops
    assert stops is not None
    assert [form.written for form in stops.names.forms] == ["Tumar", "Tumarly"]


# --- JSONL ---------------------------------------------------------------------------------------------------------

RULER = [
    {"label": "ORG", "pattern": "Norgil", "id": "norgil"},
    {"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "fransisko"}], "id": "san-fransisko"},
    {"label": "GPE", "pattern": [{"LOWER": "san"}, {"LOWER": "fran"}], "id": "san-fransisko"},
    {"label": "GPE", "pattern": "Frisko", "id": "san-fransisko"},
    {"label": "WORD", "pattern": [{"IS_UPPER": True, "LENGTH": {">=": 9}}]},
]
TEXT = "Ol Norgilde, San Fransisko, SAN FRAN şäherlerinde, Friskoda ABCDEFGHI sözüni okady."


def test_what_an_entity_ruler_writes_is_read(tmp_path):
    ruler = spacy.blank("tk").add_pipe("entity_ruler")
    ruler.add_patterns(RULER)
    ruler.to_disk(tmp_path / "ruler")  # a folder: patterns.jsonl and a file of settings
    compile_patterns([str(tmp_path / "ruler")], tmp_path / "own.msgpack", shipped=False)
    for path in (tmp_path / "ruler", tmp_path / "ruler" / "patterns.jsonl", tmp_path / "own.msgpack"):
        nlp = turkmen_ner.load(patterns=[str(path)], shipped=False, infer=False)
        assert [(ent.text, ent.label_, ent.id_) for ent in nlp(TEXT).ents] == [
            ("Norgilde", "ORG", "norgil"),
            ("San Fransisko", "GPE", "san-fransisko"),
            ("SAN FRAN", "GPE", "san-fransisko"),
            ("Friskoda", "GPE", "san-fransisko"),
            ("ABCDEFGHI", "WORD", "doc.abcdefghi"),
        ]


def test_a_line_knows_its_number(tmp_path):
    rows = "\n\n".join(json.dumps(row) for row in RULER)
    path = written(tmp_path, "ruler.jsonl", f"\ufeff{rows}\r\n\n")
    assert [entry.source for entry in loaded(path).entries] == [f"ruler.jsonl:{n}" for n in (1, 3, 9)]


def test_more_token_patterns_in_yaml(tmp_path):
    text = "label: GPE\npatterns:\n  - {id: x, pattern: Frisko, more: [[{LOWER: san}, {LOWER: fran}]], before: [ol]}\n"
    nlp = turkmen_ner.load(patterns=[written(tmp_path, "my.yaml", text)], shipped=False, infer=False)
    found = nlp("Ol Friskoda. Ol San Fran. Bu Frisko, bu San Fran.").ents
    assert [ent.text for ent in found] == ["Friskoda", "San Fran"]
    more = {"id": "x", "more": [[{"ORTH": "SF"}]]}
    nlp = turkmen_ner.load(patterns=[tmp_path / "my.yaml", more], shipped=False, infer=False)
    assert [(ent.text, ent.id_) for ent in nlp("Ol SF.").ents] == [("SF", "x")]
    compile_patterns([tmp_path / "my.yaml"], tmp_path / "my.msgpack", shipped=False)
    nlp = turkmen_ner.load(patterns=[tmp_path / "my.msgpack", more], shipped=False, infer=False)
    assert [(ent.text, ent.id_) for ent in nlp("Ol SF, ol San Fran.").ents] == [("SF", "x"), ("San Fran", "x")]


# --- lines ---------------------------------------------------------------------------------------------------------

HEAD = "# about: a test\n# date: 2026-11-29\n"
# a file whose fifth line is wrong · what is said of it
LINE_5 = {
    "my.yaml": [
        (HEAD + "label: CITY\npatterns:\n  - {id: a, pattern: ''}\n", "entry 1 (a): pattern: expected some text"),
        (HEAD + "patterns:\n  - pattern: Awşar\n    label: Oba\n", "(Awşar): label: expected a label in capitals"),
        ("label: CITY\npatterns:\n  - aliases:\n    - Awşar\n    - '!'\n    pattern: A\n",
         "aliases.pattern: expected a name"),
        ("lists:\n  a:\n    - b\n    - c\n    - ''\n", "lists: expected some text"),
        (HEAD + "remove:\n  - x\n  - nobody\n", "remove: found the id 'nobody', expected one of an entry"),
        (HEAD + "label: CITY\npatterns:\n  - {pattern: A, id: &a b}\n", "the anchor or alias 'a'"),
    ],
    "my.txt": [
        (HEAD + "# label: CITY\nAwşar\n«»\n", "entry 2 (my.x): pattern: expected a name with at least one letter"),
        (HEAD + "# list: a\nb\n${c}\n", "expected no ${"),
        (HEAD + "# source: x\n# licence: x\n# label: city\nAwşar\n", "label: expected a label in capitals, like CITY"),
    ],
    "my.jsonl": [
        ('\n\n\n\n{"label": "CITY", "pattern": 5}\n', "entry 1: pattern: expected a string, not int, found 5"),
        ("\n\n\n\n{'label': 'CITY'}\n", "not well-formed JSON: "),
        ('\n\n\n\n["CITY", "A"]\n', "found ['CITY', 'A'], expected"),
        ('\n\n\n\n{"label": "CITY", "label": "BODY", "pattern": "A"}\n', "the key 'label' twice"),
        ('\n\n{"label": "SEA", "pattern": "A", "id": "a"}\n\n{"label": "SEA", "pattern": [{"LOWR": "a"}], "id": "a"}\n',
         "entry 1 (a): more: LOWR: unknown token attribute, expected LOWER"),
        ('\n\n{"label": "CITY", "pattern": "A", "id": "a"}\n\n{"label": "BODY", "pattern": "B", "id": "a"}\n',
         "found the id 'a' a second time, first at my.jsonl:3"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text", "says"), [(name, *row) for name, rows in LINE_5.items() for row in rows])
def test_a_mistake_in_line_5_is_reported_for_line_5(tmp_path, name, text, says):
    path = written(tmp_path, name, text)
    (found,) = refused({"id": "x", "label": "CITY", "pattern": "X"}, path)
    assert str(found).startswith(f"{name}:5: "), str(found)
    assert says in str(found)
    assert [(problem.line, problem.error) for problem in check([path], shipped=False) if problem.error] == [
        (line, True) for line in ((4, 5) if "nobody" in says else (5,))
    ]


def test_all_mistakes_of_all_files_and_nothing_half_loaded(tmp_path):
    for name, rows in LINE_5.items():
        written(tmp_path, name, rows[0][0])
    written(tmp_path, "people.txt", "Merdan Orazow\n")
    written(tmp_path, "right.jsonl", json.dumps(RULER[0]))
    found = refused(tmp_path)
    assert [(problem.file, problem.line) for problem in found] == [
        ("my.yaml", 5), ("my.jsonl", 5), ("my.txt", 5), ("people.txt", 1),
    ]  # fmt: skip


def test_two_lists_of_one_name_are_refused(tmp_path: Path) -> None:
    for folder, label in (("a", "CITY"), ("b", "PERSON")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "names.txt").write_text(f"# label: {label}\nSahra\n", "utf8")
    with pytest.raises(PatternError, match=r"second list called 'names'.*another name"):
        turkmen_ner.load(patterns=[tmp_path])
    (tmp_path / "b" / "names.txt").rename(tmp_path / "b" / "people.txt")
    turkmen_ner.load(patterns=[tmp_path])
