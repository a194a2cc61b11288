"""Reading patterns: YAML files and plain lists, checked, as frozen values.

YAML is read as strings: no value turns into a number, a date or a truth value, a key stands once, and tags,
anchors and aliases are refused, so a pattern file is data and never code. Every error names file, line, entry,
value and what was expected; all errors of all sources are reported at once, and then nothing is loaded.
"""

import os
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from turkmen_ner.errors import PatternError, Problem, one_line, place, short
from turkmen_ner.gazetteer.entry import NONE
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.overlay import GeneratedIds, Thing
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.patterns.files import ENDINGS, OF_PATTERNS, ending, files_of, path_of, read_text
from turkmen_ner.patterns.json_lines import read_lines
from turkmen_ner.patterns.pattern_set import Patterns, unknown_lists
from turkmen_ner.patterns.schema import Entry, EvidenceRule, Form, PatternFile, simple_entries
from turkmen_ner.patterns.validators import MAX_STRING, kind_of, string
from turkmen_ner.patterns.word_list import WordList, read_list
from turkmen_ner.patterns.yaml_reader import Builder, Node, line_of

LABELS = ("PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP")
Source = str | os.PathLike[str] | Mapping[str, Any]


# --- documents -------------------------------------------------------------------------------------------------------


def read_yaml(text: str, file: str) -> Any:
    """YAML as strings, lists and `Node`s.

    RAISES (PatternError): For bad syntax, a repeated key, a tag, an anchor or an alias, with all of them.
    """
    builder = Builder(file)
    value = builder.document(text)
    if builder.problems:
        raise PatternError(*builder.problems)
    return value


_EXPECTED = {  # what pydantic says in its own words
    "missing": "expected, found nothing",
    "model_type": "expected an entry, like {pattern: Bengazi}",
    "string_pattern_mismatch": "expected an id of a-z, 0-9, - and .",
    "literal_error": "expected title, exact or any",
    "string_type": "expected a string",
    "string_unicode": "expected a string without halves of characters",
    "invalid_key": "expected keys that are strings",
}


class Scan(NamedTuple):
    """A document as checked: what is right in it, what is wrong, and what is lost by that.

    whole: no list and no entry without an id is lost. lost: ids of entries that are.
    """

    file: PatternFile
    problems: list[Problem]
    lost: frozenset[str] = frozenset()
    whole: bool = True


def scan(document: Any, file: str, *, simple: bool = False) -> Scan:
    """Check a document (a file as read, or a mapping given from Python) and give entries their label and source.

    simple (bool): Entries may be `SimpleEntry`, when all are.
    """
    if document is None:
        document = {}
    if not isinstance(document, Mapping):
        found = f"found a {kind_of(document)} at the top"
        return Scan(PatternFile(), [Problem(file, 0, "", found, "a mapping with the key patterns")], whole=False)
    rows = {key: document[key] for key in _MODELS if isinstance(document.get(key), (list, tuple))}
    errors: list[tuple[tuple[Any, ...], Any]] = []  # what pydantic says, with the path of each
    head = {key: value for key, value in document.items() if key not in rows}
    right = _validated(PatternFile, head, (), errors)
    if right is None:
        wrong = {path[0] for path, _ in errors}
        right = PatternFile.model_validate({k: v for k, v in head.items() if k not in wrong and isinstance(k, str)})
    things: dict[str, Any] = {}
    unlabelled: list[Problem] = []
    if simple and (entries := simple_entries(rows.get("patterns"), file, right.label)) is not None:
        things["patterns"] = entries
        del rows["patterns"]
    lost = [_id(document, path) for path, _ in errors]
    for key, given in rows.items():
        things[key] = kept = []
        for i, row in enumerate(given):
            thing = _validated(_MODELS[key], row, (key, i), errors)
            if thing is None:
                lost.append(_id(document, (key, i)))
                continue
            update: dict[str, Any] = {"source": _where(row, file, i)}
            if isinstance(thing, Entry):
                update["label"] = thing.label or right.label
                if thing.pattern is None and update["label"] != NONE:
                    update["label"] = thing.label  # that of the file is for its own names
                elif update["label"] is None:
                    lost.append(_id(document, (key, i)))
                    if document.get("label") is None:  # else that is what is wrong
                        name = f"{one_line(thing.id or str(thing.pattern)):.58}"
                        expected = "one here or for the file"
                        unlabelled.append(Problem(*place(update["source"]), name, "label: found none", expected))
                    continue
            kept.append(thing.model_copy(update=update))
    errors.sort(key=lambda error: _ORDER.get(error[0][0] if error[0] else None, len(_ORDER)))
    problems = [_explain(path, error, document, file) for path, error in errors]
    content = right.model_copy(update={key: tuple(found) for key, found in things.items()})
    return Scan(content, problems + unlabelled, frozenset(filter(None, lost)), all(lost))


_MODELS: dict[str, type[Entry] | type[EvidenceRule]] = {"patterns": Entry, "evidence": EvidenceRule}
_OTHER_NAME = "another name for one of the files: ids of their names begin with it, and would be the same"
_ORDER: dict[Any, int] = {key: number for number, key in enumerate(PatternFile.model_fields)}
_Model = TypeVar("_Model", bound=BaseModel)


def _validated(
    model: type[_Model], value: Any, path: tuple[Any, ...], errors: list[tuple[tuple[Any, ...], Any]]
) -> _Model | None:
    """The value as a model; what is wrong goes to `errors`."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        errors += [((*path, *one["loc"]), one) for one in error.errors(include_url=False, include_context=False)]
        return None


def _id(document: Mapping[str, Any], path: tuple[Any, ...]) -> str:
    """The id of the entry at a path, "" without one."""
    found = document[path[0]][path[1]] if len(path) > 1 and path[0] in _MODELS else None
    name = found.get("id") if isinstance(found, Mapping) else None
    return name if isinstance(name, str) else ""


def _explain(path: Sequence[Any], error: Any, document: Any, file: str) -> Problem:
    path = [p for p in path if not (isinstance(p, str) and p.startswith(("tagged-", "function-")))]
    name, number = "", 0
    if path[:1] in (["patterns"], ["evidence"]) and len(path) > 1 and isinstance(path[1], int):
        found = document[path[0]][path[1]]
        given = found.get("id") or found.get("pattern") if isinstance(found, Mapping) else None
        name, number = one_line(given[:60]) if isinstance(given, str) else "", path[1] + 1
    key = ".".join(f"{p:.40}" for p in path[2:] if isinstance(p, str)) or (f"{path[0]!s:.40}" if path else "file")
    expected = ""
    if error["type"] == "extra_forbidden" or path[2:] == ["source"]:
        model = _MODELS.get(path[0], Entry) if len(path) == 3 else Form if len(path) > 3 else PatternFile
        what = f"unknown key {short(path[-1])}"
        expected = f"one of {', '.join(key for key in model.model_fields if key != 'source')}"
    else:
        message = _EXPECTED.get(error["type"]) or error["msg"].removeprefix("Value error, ")
        if error["type"] == "string_pattern_mismatch" and key == "label":
            message = f"expected a label in capitals, like {near_label(error['input']) or LABELS[1]}"
        what = f"{key}: {message}" + ("" if error["type"] == "missing" else f", found {short(error['input'])}")
    return Problem(file, line_of(document, path), name, what, expected, number)


def near_label(label: str) -> str:
    """The label of the library that is written almost like another, "" if there is none.

    >>> near_label("person"), near_label("BODIES"), near_label("HORSE")
    ('PERSON', 'BODY', '')
    """
    return next(iter(get_close_matches(label[:MAX_STRING].upper(), LABELS, 1)), "")


def parse(document: Any, file: str) -> PatternFile:
    """Check a document as `scan` does.

    RAISES (PatternError): With every error of the document.
    """
    found = scan(document, file)
    if found.problems:
        raise PatternError(*found.problems)
    return found.file


def _where(node: Any, file: str, i: int) -> str:
    line = getattr(node, "line", 0)
    return f"{file}:{line}" if line else f"{file} entry {i + 1}"


def scan_list(words: WordList, file: str, *, simple: bool = False) -> Scan:
    """Check a plain list, as a document with an entry a line or with one list of words. simple (bool): See `scan`."""
    if words.twice:
        what, expected = (
            f"found a second line `# {words.twice[0]}:`",
            "one in the head: a file holds names of one label, or words of one list",
        )
        return Scan(PatternFile(), [Problem(file, words.twice[1], "", what, expected)], whole=False)
    if words.label is None:
        kept, problems = [], []
        for word, line in words.words:
            try:
                kept.append(string(word))
            except ValueError as error:
                problems.append(Problem(file, line, "", f"{error}, found {short(word)}"))
        return Scan(PatternFile(lists={words.name: tuple(kept)}), problems)
    rows = []
    known: dict[str, Thing] = {}  # Sahra and Şahra have one slug, and are two names
    ids = GeneratedIds(known.get)
    for word, line in words.words:
        id = ids.of(f"{slug(words.name)}.{slug(word)}", thing := (words.label, word))
        known[id] = thing
        rows.append(Node.of(line, pattern=word, id=id))
    document = Node.of(0, label=words.label, patterns=rows)
    document.lines["label"] = words.line
    return scan(document, file, simple=simple)


# --- sources -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """A pattern file as read: its text, and what stands in it as YAML, JSONL or a list."""

    text: str
    document: Any = None  # with lines
    patterns: PatternFile | None = None
    words: WordList | None = None


class Reader:
    """Reads sources one after another: `patterns` has all that is right in them, `problems` all that is wrong.

    base (Gazetteer): The names below, that the sources may add to, replace or remove; else none.
    simple (bool): Lists of simple entries are read as such, not as models.
    """

    def __init__(self, base: Gazetteer | None = None, *, simple: bool = False) -> None:
        self.patterns = Patterns(base)
        self.problems: list[Problem] = []
        self._simple = simple
        self._files: dict[str, Path] = {}  # the lists with a label, by the name that their ids begin with
        self._named = set(self.patterns.base.lists)  # lists that are there, or say that they are lists
        self._bare: list[tuple[str, Problem]] = []  # those that say nothing, each with what is wrong if nobody asks
        self._lost: set[str] = set()  # ids of entries that were refused
        self._whole = True  # every list and every id of what was refused is known

    def sources(self, sources: Iterable[Source]) -> None:
        """Read paths of files or folders, and entries or documents as mappings.

        RAISES (TypeError): For anything else.
        """
        for are_entries, group in groupby(sources, key=_is_entry):
            if are_entries:
                self.document({"patterns": list(group)})
                continue
            for source in group:
                if isinstance(source, Mapping):
                    self.document(source)
                elif isinstance(source, (str, os.PathLike)):
                    try:
                        paths = files_of(path_of(source))
                    except PatternError as error:
                        self.refuse(error)
                        continue
                    for path in paths:
                        self.file(path, one_line(path.name))
                else:
                    found = f"{type(source).__name__}: {short(source)}"
                    raise TypeError(f"patterns must hold paths or mappings, not {found}")

    def document(self, document: Any, file: str = "<patterns>") -> PatternFile:
        """Read a document, or entries, given from Python."""
        found = scan(document, file, simple=self._simple)
        return self._add(found, [file] * len(found.file.remove))

    def file(self, path: Path, name: str) -> Content | None:
        """Read a YAML file, a list or an EntityRuler's JSONL; None if there is nothing in it that could be read.

        path (Path): Where it is. name (str): How the problems call it.
        """
        try:
            text = read_text(path)
            kind = ending(path)
            if kind not in ENDINGS:
                what = f"found the ending {path.suffix!r}"
                raise PatternError(Problem(str(path), 0, "", what, OF_PATTERNS))
        except PatternError as error:
            self.refuse(error)
            return None
        if kind == ".txt":
            words = read_list(text, path.stem)
            bare = words.label is None and not words.named
            if bare and words.words:
                self._bare.append((words.name, Problem(name, 1, "", f"{_BARE} {short(words.name)}", _HEADS)))
            if words.label is not None and self._files.setdefault(slug(words.name), path) != path:
                what = (
                    f"found a second list called {short(words.name)}, after {short(str(self._files[slug(words.name)]))}"
                )
                self.problems.append(Problem(str(path), words.line, "", what, _OTHER_NAME))
            self._add(scan_list(words, name, simple=self._simple), named=not bare)
            return Content(text, words=words)
        if kind == ".jsonl":
            rows, problems = read_lines(text, name)
            document, unread = {"patterns": rows}, bool(problems)
        else:
            builder = Builder(name)
            document, problems, unread = builder.document(text), builder.problems, not builder.whole
        self._whole = self._whole and not unread
        self.problems += problems
        if unread and kind != ".jsonl":
            return None
        found = scan(document, name, simple=self._simple)
        reported = {problem.line for problem in problems}  # an alias is no entry either: one line, one problem
        found = found._replace(problems=[problem for problem in found.problems if problem.line not in reported])
        lines = (line_of(document, ["remove", n]) for n in range(len(found.file.remove)))
        return Content(text, document, self._add(found, [f"{name}:{line}" for line in lines]))

    def refuse(self, error: PatternError) -> None:
        """Note that a source could not be read."""
        self._whole = False
        self.problems += error.errors

    def _add(self, found: Scan, where: Sequence[str] = (), *, named: bool = True) -> PatternFile:
        self.problems += found.problems
        self._named |= found.file.lists.keys() if named else set()
        self._lost |= found.lost
        self._whole = self._whole and found.whole
        self.problems += self.patterns.add(found.file, where, self._lost if self._whole else _Anything())
        return found.file

    def done(self) -> Patterns:
        """What was read. RAISES (PatternError): With all problems, if there is one."""
        if self._whole:
            self.problems += self.unknown_lists()
        if self.problems:
            raise PatternError(*self.problems)
        return self.patterns

    def unknown_lists(self) -> list[Problem]:
        """The word lists that entries ask for and that do not exist; `entry` of a problem is the id."""
        return list(unknown_lists(self.patterns.uses(), {*self.patterns.base.lists, *self.patterns.lists}))

    def unasked(self) -> list[Problem]:
        """The plain lists that say neither whose names they hold nor that they are words, and that nobody asks for."""
        asked = self._named | self.patterns.asked() if self._bare else set()
        return [problem for name, problem in self._bare if name not in asked]


_BARE = "found no label, and nothing asks for a list of words"
_HEADS = (
    "a first line that says what it is: `# label: PERSON`, `# label: NONE` for a stop list, or `# list: …` for words"
)


class _Anything(Container[str]):
    """Holds whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


def listed(sources: Iterable[Source]) -> list[Source]:
    """Sources as a list. RAISES (TypeError): For a single one."""
    if isinstance(sources, (str, os.PathLike, Mapping)):
        raise TypeError(
            f"patterns must be a list of paths or mappings, not {type(sources).__name__}: write [{sources!r}]"
        )
    return list(sources)


def read(sources: Iterable[Source], base: Gazetteer | None = None) -> Patterns:
    """Read pattern sources in order: paths of files or folders, and entries or documents as mappings.

    base (Gazetteer): The names below, that the sources may add to, replace or remove; else none.
    RAISES (PatternError): If one is wrong, with all that is wrong in any. (TypeError): For anything else in `sources`.
    """
    reader = Reader(base)
    reader.sources(listed(sources))
    return reader.done()


def _is_entry(source: Any) -> bool:
    """Whether a source is one entry as a mapping, and not a document with entries."""
    return isinstance(source, Mapping) and _DOCUMENT.isdisjoint(source)


_DOCUMENT = frozenset({"patterns", "evidence", "lists", "remove"})  # one of these keys makes a mapping a document
