"""Pattern files and entries made to break things: each is refused with its place, and nothing of it is left behind."""

import copy
import json
import os
import pickle
import re
import resource
import subprocess
import sys
from collections import OrderedDict
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher
from spacy.tokens import Doc
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.authoring.check import check
from turkmen_ner.cli.app import app
from turkmen_ner.errors import MAX_SHOWN, PatternError, Problem, short
from turkmen_ner.patterns import files
from turkmen_ner.patterns import reader as rules
from turkmen_ner.patterns import token_patterns as token_syntax
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import Reader, read
from turkmen_ner.patterns.regex_limits import MAX_SEEN, check_regex
from turkmen_ner.patterns.shipped import shipped
from turkmen_ner.patterns.validators import MAX_STRING, MAX_TEXT, plain

HEAD = "label: CITY\npatterns:\n"
LONG = "a" * 1_000_000


def refused(*sources: Any) -> tuple[Problem, ...]:
    with pytest.raises(PatternError) as caught:
        read(sources)
    assert all(isinstance(error, Problem) for error in caught.value.errors)
    assert all(len(line) < 600 and line.isprintable() for line in str(caught.value).splitlines())
    return caught.value.errors


def row(text: str) -> str:
    """A file with one entry, in line 3."""
    return f"{HEAD}  - {text}\n"


def token(text: str) -> str:
    """A file with one token pattern, in line 3."""
    return row(f"{{id: x, pattern: [{text}]}}")


def regex(text: str) -> str:
    return token(f"{{ORTH: {{REGEX: '{text}'}}}}")


def nested(name: str, of: str) -> str:
    return f"{name}: &{name} [{', '.join(['*' + of] * 9)}]\n"


LAUGHS = "a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n" + "".join(
    nested(name, of) for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)

# what is wrong · the file · line of the first mistake, 0 for the whole file · words of its message
FILES: list[tuple[str, str | bytes, int, str]] = [
    ("python object", row("!!python/object/apply:os.system ['true']"), 3, "the tag tag:yaml.org,2002:python/object"),
    ("python name", row("{pattern: !!python/name:os.system ''}"), 3, "the tag tag:yaml.org,2002:python/name"),
    ("own tag", row("{pattern: !x A}"), 3, "the tag !x, expected plain strings"),
    ("long tag", row(f"{{pattern: !{'x' * 900} A}}"), 3, "the tag !xxx"),
    ("tag of the file", "%TAG ! tag:x,2000:\n---\nlabel: !a CITY\n", 3, "the tag tag:x,2000:a"),
    ("billion laughs", LAUGHS, 1, "the anchor or alias 'a'"),
    ("alias of itself", "patterns: &a [*a]\n", 1, "the anchor or alias 'a'"),
    ("alias of nothing", row("*a"), 3, "the anchor or alias 'a'"),
    ("merge key", row("{<<: {pattern: A}}"), 3, "unknown key '<<'"),
    ("merged alias", row("{pattern: A, <<: *a}"), 3, "the anchor or alias 'a'"),
    ("key twice", row("{pattern: A, pattern: B}"), 3, "the key 'pattern' twice in one mapping, expected each key once"),
    ("patterns twice", HEAD + "patterns: []\n", 3, "the key 'patterns' twice"),
    ("list twice", "lists:\n  a: [b]\n  a: [c]\n", 3, "the key 'a' twice"),
    ("tab", "label: CITY\npatterns:\n\t- {pattern: A}\n", 3, "well-formed"),
    ("key that is a list", row("{[a]: A}"), 3, "a key that is a list or a mapping, expected a word"),
    ("two documents", HEAD + "---\nlabel: CITY\n", 4, "a second document"),
    ("three documents", HEAD + "---\na: b\n---\nc: d\n", 4, "a second document"),
    ("latin-1", row("{pattern: Balkanabät}").encode("latin-1"), 3, "byte 44 is not UTF-8, expected a text file in"),
    ("UTF-16", row("{pattern: A}").encode("utf-16"), 1, "not UTF-8 but like UTF-16"),
    ("UTF-16, big end first", b"\xfe\xff" + row("{pattern: A}").encode("utf-16-be"), 1, "not UTF-8 but like UTF-16"),
    ("UTF-16 without BOM", row("{pattern: A}").encode("utf-16-le"), 1, "'\\x00', as in UTF-16"),
    ("UTF-32", row("{pattern: A}").encode("utf-32"), 1, "not UTF-8"),
    ("half of a surrogate pair", b"label: CITY\npatterns:\n  - {pattern: A\xed\xa0\x80}\n", 3, "is not UTF-8"),
    ("escaped surrogate", row('{pattern: "A\\ud800"}'), 3, "invalid Unicode character escape"),
    ("NUL", row("{pattern: A\0}"), 3, "the control character '\\x00'"),
    ("escaped NUL", row('{pattern: "A\\0B"}'), 3, "pattern: expected letters, signs and spaces, not a control"),
    ("escape in a note", row('{pattern: A, note: "\\e[31m"}'), 3, "note: expected letters, signs and spaces"),
    ("line end in an id", row('{pattern: A, id: "a\\nb"}'), 3, "entry 1 (a\\nb): id: expected an id of a-z"),
    ("line end in a key", row('{pattern: A, "a\\nb": x}'), 3, "unknown key 'a\\nb'"),
    ("label in lower case", row("{pattern: A, label: city}"), 3, "label: expected a label in capitals, like CITY"),
    ("label a list", row("{pattern: A, label: [CITY]}"), 3, "label: expected a string, not list, found ['CITY']"),
    ("label a mapping", "label: {a: b}\n", 1, "label: expected a string, not mapping, found {'a': 'b'}"),
    ("empty pattern", row("{id: x, pattern: }"), 3, "pattern: expected some text"),
    ("blank pattern", row('{id: x, pattern: " \\t "}'), 3, "pattern: expected some text"),
    ("signs alone", row("{id: x, pattern: '«!?»'}"), 3, "at least one letter or digit, found '«!?»'"),
    ("signs alone in an alias", row("{pattern: A, aliases: ['-']}"), 3, "at least one letter or digit, found '-'"),
    ("ten thousand words", row("{id: x, pattern: " + "söz " * 10_000 + "}"), 3, "at most 30 words, not 10000"),
    ("a million letters", row(f"{{id: x, pattern: {LONG}}}"), 3, "at most 1,000 characters, not 1,000,000"),
    ("a long id", row(f"{{id: {LONG}, pattern: A}}"), 3, "id: expected at most 1,000 characters"),
    ("a long label", row(f"{{id: x, label: {LONG.upper()}, pattern: A}}"), 3, "label: expected at most 1,000"),
    ("a long note", row(f"{{pattern: A, note: {LONG}}}"), 3, "note: expected at most 10,000 characters"),
    ("a long sentence", row(f"{{pattern: A, yes: [{LONG}]}}"), 3, "yes: expected at most 10,000 characters"),
    ("a long key", row("{pattern: A, ? " + LONG + " : x}"), 3, "unknown key 'aaa"),
    ("a long word", f"lists:\n  a: [{LONG}]\n", 2, "lists: expected at most 1,000 characters"),
    ("a long name of a list", f"lists: {{? {LONG} : [a]}}\n", 1, "names of lists: 'aaa"),
    ("a list without a name", "lists: {'': [a]}\n", 1, "names of lists: '': expected some text"),
    ("a long id to remove", f"remove: [{LONG}]\n", 1, "remove: expected at most 1,000 characters"),
    ("a spaCy variable", row("{pattern: 'A ${paths.train}'}"), 3, "expected no ${"),
    ("the place as a key", row("{pattern: A, source: cities.yaml}"), 3, "unknown key 'source'"),
    ("deep lists", "patterns: " + "[" * 100_000, 1, "nest"),
    ("deep mappings", "{a: " * 100_000, 1, "nested too deep, expected at most 50"),
    ("deep blocks", "".join("  " * i + "a:\n" for i in range(1_000)), 51, "nested too deep"),
    ("a word at the top", "Aşgabat\n", 0, "found a str at the top"),
    ("an enormous weight", "evidence:\n  - {id: a, label: CITY, weight: 1e999, when: [words:1]}\n", 2, "a number of"),
    ("a long weight", f"evidence:\n  - {{id: a, label: CITY, weight: {'9' * 5000}, when: [words:1]}}\n", 2, "a number"),
    ("id twice", HEAD + "  - {id: x, pattern: A}\n  - {id: x, pattern: B}\n", 4, "'x' a second time, first at"),
    ("unknown list", token("{LIST: titels}"), 3, "LIST: found 'titels'"),
    ("unknown attribute", token("{IS_TITEL: true}"), 3, "unknown token attribute, expected IS_TITLE"),
    ("unknown attribute, long", token(f"{{? {LONG} : true}}"), 3, "unknown token attribute"),
    ("unknown operator", token("{OP: '**'}"), 3, "OP: expected one of + * ? !"),
    ("long operator", token(f"{{OP: '{{{'9' * 5000}}}'}}"), 3, "OP: expected one of"),
    ("operator a list", token("{OP: [+]}"), 3, "OP: expected one of + * ? !"),
    ("truth a word", token("{IS_TITLE: perhaps}"), 3, "IS_TITLE: expected true or false, found 'perhaps'"),
    ("length a word", token("{LENGTH: long}"), 3, "LENGTH: expected a number of characters, like 3, found 'long'"),
    ("length below zero", token("{LENGTH: -1}"), 3, "LENGTH: expected a number of characters"),
    ("length enormous", token(f"{{LENGTH: {'9' * 5000}}}"), 3, "LENGTH: expected a number of characters"),
    ("string a list", token("{LOWER: [a]}"), 3, "LOWER: expected a string, not list"),
    ("string empty", token("{LOWER: ''}"), 3, "LOWER: expected some text"),
    ("string long", token(f"{{LOWER: {LONG}}}"), 3, "LOWER: expected at most 1,000 characters"),
    ("set empty", token("{LOWER: {IN: []}}"), 3, "IN: expected a list"),
    ("features of no form", token("{MORPH: {IN: ['==']}}"), 3, "MORPH: expected features, like Case=Gen"),
    ("a token of many keys", token("{" + ", ".join(f"k{i}: 1" for i in range(5_000)) + "}"), 3, "keys, not 5,000"),
    ("many tokens", token(", ".join(["{}"] * 5_000)), 3, "tokens, not 5,000"),
    ("many that may be absent", token(", ".join(["{OP: '?'}"] * 20 + ["{}"])), 3, "may be absent"),
    ("as a range", token("{OP: '{1,30}'}"), 3, "may be absent"),
    ("many expressions", token("{ORTH: {REGEX: {IN: [" + ", ".join(["a"] * 51) + "]}}}"), 3, "at most 50 to try"),
    ("no expression", regex("("), 3, "REGEX: expected a regular expression, found '('"),
    ("expression for bytes", regex("(?L)a"), 3, "REGEX: expected a regular expression"),
    ("long expression", regex("a" * 201), 3, "REGEX: expected at most 200 characters"),
    ("expression without end", regex("(a+)+$"), 3, "a repetition or alternatives inside a repetition in '(a+)+$'"),
    ("anything twice", regex("(.*)*x"), 3, "inside a repetition in '(.*)*x'"),
    ("alternatives that meet", regex("(a|aa)+$"), 3, "inside a repetition in '(a|aa)+$'"),
    ("hidden by spaces", regex("(?x)(a+) +$"), 3, "inside a repetition"),
    ("hidden by a remark", regex("(a+)(?#x)+$"), 3, "inside a repetition"),
    ("hidden by a flag", regex("(?i:a+)+$"), 3, "inside a repetition"),
    ("hidden by a look ahead", regex("(?=(a+))+b"), 3, "inside a repetition"),
    ("hidden by a reference", regex("(a*)\\1*b"), 3, "inside a repetition"),
    ("nothing, often", regex("(?:){1000000000}"), 3, "REGEX: found a repetition of what can be empty"),
    ("nothing, often often", regex("(?:(?:(?:){100}){100}){100}"), 3, "of what can be empty"),
    ("many repetitions", regex("a*a*a*a*a*b"), 3, "REGEX: found more than 3,000,000 steps"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "says"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_file_is_refused_with_its_line(tmp_path: Path, text: str | bytes, line: int, says: str) -> None:
    path = tmp_path / "my.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    first = refused(path)[0]
    assert Path(first.file).name == "my.yaml"
    assert (first.line, says in str(first)) == (line, True), str(first)
    place = f"my.yaml:{line}: " if line else "my.yaml: "
    assert place in str(first)
    assert [Path(problem.file).name for problem in check([path], shipped=False) if problem.line == line][:1] == [
        "my.yaml"
    ]


# the same of plain lists: head and words · line · words of the message
LISTS: list[tuple[str, str | bytes, int, str]] = [
    ("latin-1", "# label: CITY\nBalkanabät\n".encode("latin-1"), 2, "is not UTF-8"),
    ("UTF-16", "# label: CITY\nAşgabat\n".encode("utf-16"), 1, "like UTF-16"),
    ("NUL in a name", "# label: CITY\n\nMary\0\n", 3, "pattern: expected letters, signs and spaces, not a control"),
    ("NUL in a word", "wekil\nhaki\0m\n", 2, "expected letters, signs and spaces, not a control character"),
    ("a million letters", f"# label: CITY\n{LONG}\n", 2, "at most 1,000 characters, not 1,000,000"),
    ("a word of a million letters", f"wekil\n{LONG}\n", 2, "at most 1,000 characters, not 1,000,000"),
    ("signs alone", "# label: CITY\nMary\n!!\n", 3, "at least one letter"),
    (
        "label in lower case",
        "# about: x\n# label: city\nMary\n",
        2,
        "label: expected a label in capitals, like CITY, found",
    ),
    ("empty label", "# label:\nMary\n", 1, "label: expected some text"),
    ("twice", "# label: CITY\nMary\nMary\n", 3, "'my.mary' a second time, first at my.txt:2"),
]


@pytest.mark.parametrize(("text", "line", "says"), [case[1:] for case in LISTS], ids=[case[0] for case in LISTS])
def test_a_list_is_refused_with_its_line(tmp_path: Path, text: str | bytes, line: int, says: str) -> None:
    path = tmp_path / "my.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    first = refused(path)[0]
    assert (Path(first.file).name, first.line, says in str(first)) == ("my.txt", line, True), str(first)


def test_a_bom_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + row("{pattern: Mary}").encode())
    assert list(read([path]).entries) == ["mary"]


# --- entries from Python -------------------------------------------------------------------------------------------


def holding_itself() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


def deep(levels: int = 20_000) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


def laughing() -> list[Any]:
    value: list[Any] = ["ha"]
    for _ in range(40):
        value = [value] * 10
    return value


class Unspeakable:
    """An object that cannot even be shown."""

    def __repr__(self) -> str:
        raise RuntimeError("no")

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("no")

    __hash__ = object.__hash__


WRONG_VALUES: list[tuple[str, Any]] = [
    ("a number", 5), ("a broken number", float("nan")), ("an enormous number", 10**5000), ("bytes", b"Mary"),
    ("a set", {"Mary"}), ("a generator", (name for name in ["Mary"])), ("an object", object()),
    ("an object that cannot be shown", Unspeakable()), ("a class", PatternError), ("a range", range(10**12)),
    ("a list that holds itself", holding_itself()), ("a deep list", deep()), ("a list that grows", laughing()),
    ("half of a surrogate pair", "Mary\ud800"), ("a NUL", "Ma\0ry"), ("a million letters", LONG),
    ("a list of numbers", [1, 2]), ("a list of nothing", [None]), ("a mapping of numbers", {1: 2}),
    ("a promise of spaCy", {"@misc": "spacy.first_longest_spans_filter.v1"}),
]  # fmt: skip
KEYS = [*rules.Entry.model_fields, "colour"]


@pytest.mark.parametrize("value", [value for _, value in WRONG_VALUES], ids=[name for name, _ in WRONG_VALUES])
def test_an_entry_with_a_wrong_value_is_refused(value: Any) -> None:
    for key in KEYS:
        entry = {"label": "CITY", "id": "x", "pattern": "Mary", key: value}
        for error in refused(entry):
            assert (error.file, error.number) == ("<patterns>", 1), error
            assert "expected" in error.message, error
        with pytest.raises(PatternError) as caught:  # before spaCy's config sees it
            turkmen_ner.load(patterns=[entry], shipped=False)
        assert caught.value.errors


LENGTHS = ("5", "{'>=': 5}", "{'IN': [1, 2]}")  # these are right


@pytest.mark.parametrize("key", [5, None, (1, 2), "", b"label"])
def test_an_entry_with_a_wrong_key_is_refused(key: Any) -> None:
    for document in ({"label": "CITY", "pattern": "Mary", key: 1}, {"lists": {"a": ["b"]}, key: 1}):
        assert refused(document)
        with pytest.raises(PatternError):
            turkmen_ner.load(patterns=[document], shipped=False)


@pytest.mark.parametrize("value", [value for _, value in WRONG_VALUES], ids=[name for name, _ in WRONG_VALUES])
def test_a_document_with_a_wrong_value_is_refused(value: Any) -> None:
    for key in rules.PatternFile.model_fields:
        document: dict[str, Any] = {"patterns": [], key: value}
        assert all("expected" in error.message for error in refused(document))
    for key in ("ORTH", "IS_TITLE", "LENGTH", "OP", "BASE", "LIST", "MORPH"):
        for written in (value, {"IN": value}, {"REGEX": value}, {"FUZZY": value}, {">=": value}):
            if key != "LENGTH" or short(written) not in LENGTHS:
                refused({"label": "CITY", "pattern": [{"LOWER": "ak", key: written}]})


def test_what_a_config_can_hold_is_plain() -> None:
    for held in ({"a": 1}, {"a": [1, {"b": (True, None)}]}, MappingProxyType({"a": OrderedDict(b="c")})):
        assert plain(held) == json.loads(json.dumps(plain(held))), held
    assert plain({"a": [1, {"b": (True, None)}]}) == {"a": [1, {"b": [True, None]}]}


def test_what_a_config_cannot_hold_is_no_plain_value() -> None:
    for _, value in WRONG_VALUES[4:13]:
        with pytest.raises(ValueError, match="expected"):
            plain(value)


def test_every_value_can_be_shown_shortly() -> None:
    for _, value in WRONG_VALUES:
        assert len(short(value)) <= 80
        assert short(value).isprintable()


# --- paths ---------------------------------------------------------------------------------------------------------


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    pipe, folder, loop, nowhere = (tmp_path / f"{name}.yaml" for name in ("pipe", "folder", "loop", "nowhere"))
    os.mkfifo(pipe)
    folder.mkdir()
    loop.symlink_to(loop)
    for path, says in (
        (pipe, "found a pipe, a socket or a device, expected a file"),
        (folder, "found a folder without .yaml, .yml, .jsonl or .txt files, expected pattern files"),
        (loop, "cannot be read (Too many levels of symbolic links)"),
        (nowhere, "cannot be read (No such file or directory)"),
        (Path("/dev/zero"), "found a pipe, a socket or a device, expected a file"),
        (Path("/dev/null"), "found a pipe, a socket or a device, expected a file"),
        (Path("a\0b.yaml"), "cannot be read"),
        (Path("a\ud800b.yaml"), "cannot be read"),
    ):
        (error,) = refused(path)
        assert (error.file, error.line) == (str(path), 0)
        assert says in error.message


def test_a_pipe_in_a_folder_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "names.txt")
    (tmp_path / "good.yaml").write_text(row("{pattern: Mary}"))
    (error,) = refused(tmp_path)
    assert error == Problem(str(tmp_path / "names.txt"), 0, "", "found a pipe, a socket or a device", "a file")


def test_links_in_a_folder_are_not_followed_round(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "again").symlink_to(tmp_path)
    (inner / "my.yaml").write_text(row("{pattern: Mary}"))
    assert list(read([tmp_path]).entries) == ["mary"]
    (inner / "gone.yaml").symlink_to(tmp_path / "nowhere")
    (error,) = refused(tmp_path)
    assert (error.file, "No such file" in error.message) == (str(inner / "gone.yaml"), True)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_what_may_not_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "my.yaml"
    path.parent.mkdir()
    path.write_text(row("{pattern: Mary}"))
    for locked in (path, path.parent):
        locked.chmod(0)
        try:
            (error,) = refused(path if locked == path else tmp_path)
        finally:
            locked.chmod(0o700)
        assert "cannot be read (Permission denied)" in error.message


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(row("{pattern: Mary}"))

    def denied(*args: Any) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    (error,) = refused(path)
    assert "cannot be read (Permission denied)" in error.message


def test_a_file_that_becomes_a_pipe_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, pipe = tmp_path / "my.yaml", tmp_path / "pipe"
    path.write_text(row("{pattern: Mary}"))
    os.mkfifo(pipe)
    opened = os.open
    monkeypatch.setattr(os, "open", lambda _, flags: opened(pipe, flags))
    (error,) = refused(path)
    assert "found a pipe" in error.message


def test_a_file_too_large_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "my.yaml"
    with path.open("wb") as file:
        file.truncate(files.MAX_BYTES + 1)  # a hole on the disk
    (error,) = refused(path)
    assert error.message == f"found {files.MAX_BYTES + 1:,} bytes, expected at most {files.MAX_BYTES:,}"
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    (error,) = refused(Path("/proc/self/status"))  # says that it is empty
    assert error.message == "found 11 bytes, expected at most 10"


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(row("{pattern: Mary}"))
    opened = os.open
    times: list[str] = []

    def noted(name: Any, flags: int) -> int:
        times.append(Path(name).name)
        return opened(name, flags)

    monkeypatch.setattr(os, "open", noted)
    read([path])
    assert times == ["my.yaml"]


# --- all at once ---------------------------------------------------------------------------------------------------


def test_all_mistakes_of_all_sources_are_told(tmp_path: Path) -> None:
    files = {
        "a.yaml": HEAD + "  - {id: A, pattern: Mary}\n  - {id: b, pattern: ''}\n  - {id: c, pattern: [{LIST: no}]}\n",
        "b.yaml": HEAD + "  - {id: x, pattern: Mary}\n  - {id: x, pattern: Tejen, case: odd}\n  - [\n",
        "c.yaml": "label: city\npatterns:\n  - {pattern: Tejen, id: &t t}\n  - {pattern: !x Mary}\nremove: [5, ' ']\n",
        "d.txt": "# label: CITY\nMary\n!!\nMary\n",
        "e.txt": "\0\n",
        "f.yaml": HEAD + "  - {id: x, pattern: A}\n  - {id: y, pattern: B}\n  - {id: x, pattern: C}\n"
        "  - {id: y, aliases: 5}\n  - {id: z, pattern: D, colour: red}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = refused(tmp_path, {"pattern": "Mary"}, tmp_path / "nowhere.yaml", {"lists": 5}, {"id": "u", "aliases": [7]})
    assert [(Path(e.file).name, e.line) for e in found] == [
        ("a.yaml", 3), ("a.yaml", 4),
        ("b.yaml", 6),
        ("c.yaml", 3), ("c.yaml", 4), ("c.yaml", 1), ("c.yaml", 5),
        ("f.yaml", 6), ("f.yaml", 7), ("f.yaml", 5),
        ("d.txt", 3), ("d.txt", 4),
        ("e.txt", 1),
        ("<patterns> entry 1", 0), ("nowhere.yaml", 0), ("<patterns>", 0), ("<patterns>", 0),
    ]  # fmt: skip


def test_what_is_lost_is_not_missed(tmp_path: Path) -> None:
    """A refused entry or list is there for those that name it; only its own mistake is told."""
    (tmp_path / "a.yaml").write_text(HEAD + "  - {id: x, pattern: Mary, maybe: perhaps}\n")
    more = {"patterns": [{"id": "x", "aliases": ["Maru"]}], "remove": ["x"]}
    (error,) = refused(tmp_path, more)
    assert (error.line, "perhaps" in error.message) == (3, True)
    (tmp_path / "a.yaml").write_text("lists: [")
    (error,) = refused(tmp_path, more, {"label": "CITY", "pattern": [{"LIST": "titles"}]})
    assert "well-formed" in error.message


def test_entries_that_are_right_are_checked_beside_wrong_ones() -> None:
    found = refused(
        {"label": "CITY", "pattern": 5},
        {"id": "nobody", "aliases": ["A"]},
        {"label": "CITY", "id": "l", "pattern": "B", "before": [{"LIST": "titels"}]},
        {"label": "CITY", "id": "q", "pattern": 6},
    )
    assert len(found) == 2  # an entry without an id may have been anybody
    found = refused(
        {"label": "CITY", "id": "p", "pattern": 5},
        {"id": "nobody", "aliases": ["A"]},
        {"label": "CITY", "id": "l", "pattern": "B", "before": [{"LIST": "titels"}]},
    )
    assert ["'titels'" in found[2].message, "'nobody'" in found[1].message, len(found)] == [True, True, 3]


def test_the_message_is_bounded_and_the_attribute_is_not() -> None:
    entries = [{"label": "CITY", "pattern": f"Mary {i}", "id": "X"} for i in range(1_000)]
    with pytest.raises(PatternError) as caught:
        read(entries)
    lines = str(caught.value).splitlines()
    assert (len(lines), lines[-1], len(caught.value.errors)) == (MAX_SHOWN + 1, "… and 950 more", 1_000)
    assert lines[:50] == [str(error) for error in caught.value.errors[:50]]
    with pytest.raises(AttributeError):
        caught.value.errors[0].line = 5  # type: ignore[misc]


@pytest.mark.parametrize("again", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_an_error_can_be_sent_to_another_process(again: Any) -> None:
    error = PatternError(Problem("my.yaml", 3, "x", "id: expected this", number=1), "another\nand one")
    assert (str(again(error)), again(error).errors) == (str(error), error.errors)
    assert str(error).splitlines() == ["my.yaml:3: entry 1 (x): id: expected this", "another", "and one"]
    assert isinstance(error, ValueError)


def test_check_reports_the_same_in_one_run(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + "  - {id: A, pattern: Mary}\n  - {id: b, pattern: [{LIST: no}]}\n")
    (tmp_path / "b.yaml").write_text(HEAD + "  - {id: c, pattern: [{LIST: no}]}\n  - {id: c, pattern: Tejen}\n")
    (tmp_path / "c.yaml").write_text("patterns: [\n")
    (tmp_path / "d.txt").write_bytes(b"\xff\xfea\0")
    done = CliRunner().invoke(app, ["check", str(tmp_path), str(tmp_path / "nowhere.yaml"), "/dev/zero"])
    assert done.exit_code == 1
    for error in refused(tmp_path, tmp_path / "nowhere.yaml", "/dev/zero"):
        assert f"{Path(error.file).name}:{error.line}: error:" in done.output or f"{error.file}: error:" in done.output
        assert re.split("[,;] (?:expected|first at)", error.message)[0] in done.output


# --- nothing is left behind ----------------------------------------------------------------------------------------


def test_a_refused_load_leaves_everything_as_it_was(tmp_path: Path) -> None:
    before = shipped()
    known = before.to_data()
    nlp = turkmen_ner.load(patterns=[{"label": "CITY", "id": "x", "pattern": "Ankara"}], shipped=False)
    kept = sorted(Path(os.environ["TURKMEN_NER_CACHE"]).iterdir()) if "TURKMEN_NER_CACHE" in os.environ else []
    path = tmp_path / "my.yaml"
    path.write_text(HEAD + "  - {id: good, pattern: Bengazi}\n  - {id: un, pattern: 'B', colour: red}\n")
    with pytest.raises(PatternError):
        turkmen_ner.load(patterns=[path], shipped=False)
    with pytest.raises(PatternError):
        spacy.blank("tk").add_pipe("turkmen_ner", config={"patterns": [str(path)]})
    assert shipped() is before
    assert before.to_data() == known
    assert kept == (sorted(Path(os.environ["TURKMEN_NER_CACHE"]).iterdir()) if kept else [])
    assert [e.text for e in turkmen_ner.tag("Ol Ankarada boldy.", nlp=nlp)] == ["Ankarada"]
    path.write_text(HEAD + "  - {id: good, pattern: Gökbulak}\n")
    mended = turkmen_ner.load(patterns=[path], shipped=False)
    assert [e.id for e in turkmen_ner.tag("Ol Gökbulakda boldy.", nlp=mended)] == ["good"]


def test_a_refused_document_changes_no_patterns(tmp_path: Path) -> None:
    base = compile(read([{"label": "CITY", "id": "a", "pattern": "Ankara", "aliases": ["Angora"]}]))
    before = base.to_data()
    (tmp_path / "x.txt").write_bytes(b"# label: CITY\nMary\n!\n")
    (tmp_path / "y.txt").write_bytes(b"Mary\n\0\n")
    document = {"label": "CITY", "patterns": [{"id": "a", "aliases": ["B"]}, {"id": "no", "aliases": ["C"]}]}
    for wrong in (document, tmp_path / "x.txt", tmp_path / "y.txt"):
        with pytest.raises(PatternError):
            read([wrong], base)
    assert base.to_data() == before
    assert list(compile(read([], base)).entries) == list(base.entries)


PAYLOADS = (
    "!!python/object/apply:os.mkdir ['{}']",
    "!!python/object/new:os.mkdir ['{}']",
    "{{pattern: !!python/object/apply:os.mkdir ['{}']}}",
    "{{pattern: [{{LOWER: !!python/object/apply:os.mkdir ['{}']}}]}}",
    "{{? !!python/object/apply:os.mkdir ['{}'] : a}}",
    "{{'@misc': os.mkdir, '*': ['{}']}}",
    "{{pattern: [{{_: {{a: \"__import__('os').mkdir('{}')\"}}}}]}}",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_code_is_run(tmp_path: Path, payload: str) -> None:
    mark = tmp_path / "mark"
    path = tmp_path / "my.yaml"
    path.write_text(row(payload.format(mark)))
    refused(path)
    with pytest.raises(PatternError):
        turkmen_ner.load(patterns=[path], shipped=False)
    assert not mark.exists()


def test_a_promise_of_spacy_is_not_kept() -> None:
    """A key with @ in a config names a function to call; inside patterns it is a key like any other."""
    called = []
    spacy.registry.misc("hostile.v1")(lambda: called.append(1))
    for entry in ({"@misc": "hostile.v1"}, {"label": "CITY", "pattern": "A", "aliases": [{"@misc": "hostile.v1"}]}):
        with pytest.raises(PatternError, match="unknown key '@misc'"):
            turkmen_ner.load(patterns=[entry], shipped=False)
    assert called == []


# --- a bound on work -----------------------------------------------------------------------------------------------

_LIMITED = """
import pathlib, resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from turkmen_ner.errors import PatternError
from turkmen_ner.patterns.reader import read
base = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (base + 400_000_000,) * 2)
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    try:
        read([path])
        print(path.name, "read")
    except PatternError as error:
        print(path.name, len(error.errors), len(str(error)))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the size of a process is told by Linux alone")
def test_large_and_hostile_files_take_little_time_and_memory(tmp_path: Path) -> None:
    big = {
        "errors": HEAD + "".join(f"  - {{id: X, pattern: Mary {i}}}\n" for i in range(5_000)),
        "same": HEAD + "".join(f"  - {{pattern: Mary, label: L{i}}}\n" for i in range(5_000)),
        "ids": HEAD + "".join(f"  - {{id: x, pattern: Mary {i}}}\n" for i in range(5_000)),
        "keys": row("{" + ", ".join(f"k{i}: 1" for i in range(5_000)) + "}"),
        "aliases": row("{pattern: A, aliases: [" + ", ".join(f"B{i}" for i in range(5_000)) + "]}"),
        "rules": "evidence:\n" + "".join(
            f"  - {{id: r{i}, label: CITY, weight: 1, when: [words:1]}}\n" for i in range(5_000)
        ),
        "tags": "patterns:\n" + "  - !x A\n" * 5_000,
    }  # fmt: skip
    files = {f"{i:03} {name}".replace(" ", "-"): text for i, (name, text, *_) in enumerate(FILES)} | big
    for name, text in files.items():
        (tmp_path / f"{name}.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(tmp_path)], capture_output=True, text=True, timeout=60, check=True
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(files)
    assert [line for line in lines if line.endswith(" read")] == [
        "aliases.yaml read",
        "rules.yaml read",
        "same.yaml read",
    ]
    assert all(int(line.split()[-1]) < 30_000 for line in lines if not line.endswith(" read"))


HARD = [
    "a*a*a*b", "(?:a?){1}a?a?a?a?a?a?a?a?a?a?b", "[ab]*[ab]*[ab]*c", "(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)(a|b|ab|ba)c",
    "a{0,60}a{0,60}a{0,60}b", "(?=a*a*a*b)", "(a*)(a*)\\1b", "(?:aa){0,30}(?:aaa){0,20}a*b",
    "(?:\\w\\w\\w)*\\w*\\w*!",
    "(?:a{60}){50}b", "a*?a*?a*?b", "(?<!b)a*(?<!b)a*(?<!b)a*c", "(?i)A*A*A*B", "(a)?(?(1)a*|b)a*c",
    "x?" * 11 + "y",
]  # fmt: skip


def test_accepted_expressions_end() -> None:
    """All of them on the worst words a pattern sees, within a limit of processor time for the lot."""
    for hard in HARD:
        check_regex(hard)
    words = ["a" * MAX_SEEN, "ab" * (MAX_SEEN // 2), "a" * (MAX_SEEN - 1) + "c", "ş" * MAX_SEEN, "x" * MAX_SEEN]
    code = f"import re\nfor r in {HARD!r}:\n  for w in {words!r}:\n    re.search(r, w)"
    limit = (20, 20)
    subprocess.run(
        [sys.executable, "-c", code],
        timeout=60,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, limit),
    )


_PIECES = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        ".",
        "\\w",
        "[ab]",
        "[^a]",
        "a|b",
        "()",
        "^",
        "$",
        "\\b",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?:)",
        "\\1",
    ]
)
_REGEXES = st.recursive(
    _PIECES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "*?", "{2}", "{,5}", "{2,}", "{3,60}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda one: f"({one})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda found: f"(?:{'|'.join(found)})"),
    ),
    max_leaves=10,
)


@pytest.mark.filterwarnings("ignore:Possible nested set:FutureWarning")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_REGEXES)
def test_an_expression_is_refused_or_ends(expression: str) -> None:
    try:
        check_regex(expression)
    except ValueError:
        return
    for word in ("a" * MAX_SEEN, "ab" * 29 + "!"):
        re.search(expression, word)


# --- whatever comes ------------------------------------------------------------------------------------------------

VALID = """\
label: CITY
patterns:
  - {id: mary, pattern: Mary, maybe: true, aliases: [Merw, {pattern: Maru, soften: both, note: old}], kb: "a:1"}
  - id: ship.head
    label: SHIP
    pattern: [{IS_TITLE: true, OP: "+"}, {LENGTH: {">=": 3}}, {LOWER: {REGEX: "^a+$"}}, {BASE: gämi}]
    after: [gämi, {LIST: titles}]
    yes: ["[Ak Guş|SHIP] gämisi"]
evidence:
  - {id: r, label: PERSON, weight: 1.5, when: [before:titles], unless: [shape:caps]}
lists: {titles: [wekil, ilçi]}
remove: [r]
"""
SIGNS = st.sampled_from(
    [*"{}[]:,&*!|>-?#\"'%@` \n\t\0\x85\ufeff~", "<<: ", "- ", "&a ", "*a", "!!str ", "---\n", "(a+)+"]
)


def well_formed(patterns: rules.Patterns) -> None:
    """What was read is what the pipeline can hold."""
    for entry in patterns.entries.values():
        strings = [entry.id, entry.label, *(form.pattern for form in entry.forms()), *entry.yes, *entry.no]
        assert all(isinstance(value, str) and value.strip() for value in strings)
        assert all(len(value) <= MAX_TEXT for value in strings if value)
        assert all(len(form.pattern) <= MAX_STRING for form in entry.forms())
        assert re.fullmatch(r"[A-Z][A-Z0-9_]*", entry.label or "")
        "".join(value or "" for value in strings).encode()
    compile(patterns)


def mistakes_or_well_formed(source: Any) -> tuple[Problem, ...]:
    try:
        patterns = read([source])
    except PatternError as error:
        return error.errors
    well_formed(patterns)
    return ()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, len(VALID)), st.integers(0, 12), SIGNS | st.text(max_size=3)), max_size=4))
def test_a_changed_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, changes: Any) -> None:
    text = VALID.replace("remove: [r]\n", "")
    for at, size, put in changes:
        text = text[:at] + put + text[at + size :]
    path = tmp_path_factory.mktemp("changed") / "my.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for error in mistakes_or_well_formed(path):
        assert (Path(error.file).name, bool(error.message)) == ("my.yaml", True)


ENTRY: dict[str, Any] = {
    "label": "CITY", "id": "mary", "pattern": "Mary", "aliases": ["Merw", {"pattern": "Maru", "soften": "both"}],
    "before": ["şäher"], "kb": "a:1", "maybe": True, "case": "title", "yes": ["Ol Maryda."], "note": "a town",
}  # fmt: skip
NAMES = st.sampled_from([*ENTRY, *token_syntax.ATTRIBUTES, "IN", "REGEX"]) | st.text(max_size=3)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary(max_size=3) | st.text(max_size=5)
    | st.sampled_from(["CITY", "x", "Mary", "true", "both", "title", "${a}", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(NAMES, inner, max_size=3)
    | st.tuples(inner) | st.sets(st.integers(), max_size=2),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from([*ENTRY, "pattern", "after", "colour", "lists", "patterns"]), ANYTHING, max_size=3)
)
def test_a_changed_entry_is_read_or_refused(changes: dict[str, Any]) -> None:
    for error in mistakes_or_well_formed(ENTRY | changes):
        assert (error.file.partition(" ")[0], bool(error.message)) == ("<patterns>", True)


VALUES = st.sampled_from(
    ["", "a", "Ak", "true", "false", True, False, "3", 3, "Case=Gen", "Case=Gen|Number=Sing", "|", "==", "a=", "PROPN",
     "+", "{2,3}", "^a", "gämi", ["a"], ["3"], [3]]
)  # fmt: skip
PREDICATES = st.dictionaries(
    st.sampled_from([*token_syntax.SETS, *token_syntax.FUZZY[:3], *token_syntax.COMPARISONS, "REGEX"]),
    VALUES | st.dictionaries(st.sampled_from(["IN", "NOT_IN"]), VALUES, min_size=1, max_size=2),
    min_size=1,
    max_size=2,
)
THEIRS = [name for name in token_syntax.ATTRIBUTES if name not in token_syntax.OURS]
NLP = spacy.blank("tk")


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(THEIRS), VALUES | PREDICATES, min_size=1, max_size=2))
def test_spacy_takes_every_accepted_token(written: dict[str, Any]) -> None:
    try:
        spec = token_syntax.token(written)
    except ValueError:
        return
    matcher = Matcher(NLP.vocab, validate=False)
    matcher.add(1, [[spec]])
    matcher(Doc(NLP.vocab, words=["Ak", "gämi", "a", "3", "\u0600"]), allow_missing=True)


def test_reading_a_refused_file_gives_none(tmp_path: Path) -> None:
    reader = Reader()
    assert reader.file(tmp_path / "nowhere.yaml", "nowhere") is None
    assert len(reader.problems) == 1
