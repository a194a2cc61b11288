"""Reading patterns: YAML files and plain lists, checked, as frozen values.

YAML is read as strings: no value turns into a number, a date or a truth value, a key stands once, and tags,
anchors and aliases are refused, so a pattern file is data and never code. Every error names file, line, entry,
value and what was expected; all errors of all sources are reported at once, and then nothing is loaded.
"""

import os
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from turkmen_ner.errors import Mistake, PatternError, _place, one_line, short
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.patterns.files import files_of, read_text
from turkmen_ner.patterns.pattern_set import Patterns, unknown_lists
from turkmen_ner.patterns.schema import Entry, EvidenceRule, Form, PatternFile
from turkmen_ner.patterns.validators import string
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
    if builder.mistakes:
        raise PatternError(*builder.mistakes)
    return value


_EXPECTED = {  # what pydantic says in its own words
    "missing": "expected, found nothing",
    "model_type": "expected an entry, like {pattern: Bengazi}",
    "string_pattern_mismatch": "expected an id of a-z, 0-9, - and . or a label in capitals",
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
    mistakes: list[Mistake]
    lost: frozenset[str] = frozenset()
    whole: bool = True


def scan(document: Any, file: str) -> Scan:
    """Check a document (a file as read, or a mapping given from Python) and give entries their label and source."""
    if document is None:
        document = {}
    if not isinstance(document, Mapping):
        found = f"found a {type(document).__name__} at the top, expected a mapping with the key patterns"
        return Scan(PatternFile(), [Mistake(file, 0, "", found)], whole=False)
    document = document if isinstance(document, dict) else dict(document)
    mistakes: list[Mistake] = []
    places = {key: list(range(len(document[key]))) for key in _ROWS if isinstance(document.get(key), (list, tuple))}
    wrong: set[tuple[Any, ...]] = set()
    try:
        checked = PatternFile.model_validate(document)
    except ValidationError as error:
        problems = error.errors(include_url=False, include_context=False)
        mistakes = [_explain(problem, document, file) for problem in problems]
        wrong = {problem["loc"][: 2 if problem["loc"][:1] in _ROW_KEYS else 1] for problem in problems}
        kept = {key: [i for i in rows if (key, i) not in wrong] for key, rows in places.items() if (key,) not in wrong}
        right = {key: value for key, value in document.items() if (key,) not in wrong and key not in _ROWS}
        try:
            checked = PatternFile.model_validate(
                right | {key: [document[key][i] for i in rows] for key, rows in kept.items()}
            )
            places = kept
        except ValidationError:  # a key that is no string
            checked, places = PatternFile(), {}
    entries = []
    for i, entry in zip(places.get("patterns", ()), checked.patterns, strict=True):
        where = _where(document["patterns"][i], file, i)
        label = entry.label or checked.label
        if label is None and entry.pattern is not None:
            if ("label",) not in wrong:
                name = f"({one_line(entry.id or str(entry.pattern)):.60})"
                message = "label: found none, expected one here or for the file"
                mistakes.append(Mistake(*_place(where), name, message))
            wrong.add(("patterns", i))
            continue
        entries.append(entry.model_copy(update={"label": label, "source": where}))
    rules = [
        rule.model_copy(update={"source": _where(document["evidence"][i], file, i)})
        for i, rule in zip(places.get("evidence", ()), checked.evidence, strict=True)
    ]
    checked = checked.model_copy(update={"patterns": tuple(entries), "evidence": tuple(rules)})
    ids = [_id_at(document, loc) for loc in wrong]
    return Scan(checked, mistakes, frozenset(filter(None, ids)), all(ids))


_ROWS = ("patterns", "evidence")
_ROW_KEYS = (("patterns",), ("evidence",))


def _id_at(document: Mapping[str, Any], loc: tuple[Any, ...]) -> str:
    found = document[loc[0]][loc[1]] if len(loc) == 2 else None
    name = found.get("id") if isinstance(found, Mapping) else None
    return name if isinstance(name, str) else ""


def _explain(problem: Any, document: Any, file: str) -> Mistake:
    path = [p for p in problem["loc"] if not (isinstance(p, str) and p.startswith(("tagged-", "function-")))]
    entry = ""
    if path[:1] in (["patterns"], ["evidence"]) and len(path) > 1 and isinstance(path[1], int):
        found = document[path[0]][path[1]]
        name = found.get("id") or found.get("pattern") if isinstance(found, Mapping) else None
        entry = f"entry {path[1] + 1}" + (f" ({one_line(name[:60])})" if isinstance(name, str) and name else "")
    key = ".".join(f"{p:.40}" for p in path[2:] if isinstance(p, str)) or (f"{path[0]!s:.40}" if path else "file")
    if problem["type"] == "extra_forbidden" or path[2:] == ["source"]:
        entry_model = EvidenceRule if path[0] == "evidence" else Entry
        model = entry_model if len(path) == 3 else Form if len(path) > 3 else PatternFile
        known = ", ".join(k for k in model.model_fields if k != "source")
        what = f"unknown key {short(path[-1])}; expected one of {known}"
    else:
        message = _EXPECTED.get(problem["type"]) or problem["msg"].removeprefix("Value error, ")
        what = f"{key}: {message}" + ("" if problem["type"] == "missing" else f", found {short(problem['input'])}")
    return Mistake(file, line_of(document, path), entry, what)


def parse(document: Any, file: str) -> PatternFile:
    """Check a document as `scan` does.

    RAISES (PatternError): With every error of the document.
    """
    found = scan(document, file)
    if found.mistakes:
        raise PatternError(*found.mistakes)
    return found.file


def _where(node: Any, file: str, i: int) -> str:
    line = getattr(node, "line", 0)
    return f"{file}:{line}" if line else f"{file} entry {i + 1}"


def scan_list(words: WordList, file: str) -> Scan:
    """Check a plain list, as a document with an entry a line or with one list of words."""
    if words.label is None:
        kept, mistakes = [], []
        for word, line in words.words:
            try:
                kept.append(string(word))
            except ValueError as error:
                mistakes.append(Mistake(file, line, "", f"{error}, found {short(word)}"))
        return Scan(PatternFile(lists={words.name: tuple(kept)}), mistakes)
    rows = []
    for word, line in words.words:
        row = Node(pattern=word, id=f"{slug(words.name)}.{slug(word)}")
        row.line, row.lines = line, {}
        rows.append(row)
    return scan({"label": words.label, "patterns": rows}, file)


def add_list(patterns: Patterns, words: WordList, file: str) -> None:
    """Add a plain list to patterns: names when it has a label, else words for the rules.

    RAISES (PatternError): With every word that is wrong.
    """
    found = scan_list(words, file)
    if found.mistakes:
        raise PatternError(*found.mistakes)
    patterns.add(found.file, file)


# --- sources -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Content:
    """A pattern file as read: its text, and what stands in it as YAML or as a list."""

    text: str
    document: Any = None  # YAML with lines
    patterns: PatternFile | None = None
    words: WordList | None = None


class Reading:
    """Sources read one after another: `patterns` has all that is right in them, `mistakes` all that is wrong.

    patterns (Patterns): To add to; else new ones.
    """

    def __init__(self, patterns: Patterns | None = None) -> None:
        self.patterns = patterns or Patterns()
        self.mistakes: list[Mistake] = []
        self._lost: set[str] = set()  # ids of entries that were refused
        self._whole = True  # every list and every id of what was refused is known

    def document(self, document: Any, file: str = "<patterns>") -> PatternFile:
        """Read a document, or entries, given from Python."""
        return self._add(scan(document, file), file)

    def file(self, path: Path, name: str) -> Content | None:
        """Read a YAML file or a list; None if there is nothing in it that could be read.

        path (Path): Where it is. name (str): How the mistakes call it.
        """
        try:
            text = read_text(path)
            if path.suffix not in (".yaml", ".yml", ".txt"):
                what = f"found the ending {path.suffix!r}, expected .yaml, .yml or .txt"
                raise PatternError(Mistake(str(path), 0, "", what))
        except PatternError as error:
            self.refuse(error)
            return None
        if path.suffix == ".txt":
            words = read_list(text, path.stem)
            self._add(scan_list(words, name), name)
            return Content(text, words=words)
        builder = Builder(name)
        document = builder.document(text)
        self._whole = self._whole and builder.whole
        self.mistakes += builder.mistakes
        if not builder.whole:
            return None
        found = scan(document, name)
        told = {mistake.line for mistake in builder.mistakes}  # an alias is no entry either: one line, one mistake
        found = found._replace(mistakes=[mistake for mistake in found.mistakes if mistake.line not in told])
        line = line_of(document, ["remove"])
        return Content(text, document, self._add(found, f"{name}:{line}" if line else name))

    def refuse(self, error: PatternError) -> None:
        """Note that a source could not be read."""
        self._whole = False
        self.mistakes += error.errors

    def _add(self, found: Scan, where: str) -> PatternFile:
        self.mistakes += found.mistakes
        self._lost |= found.lost
        self._whole = self._whole and found.whole
        self.mistakes += self.patterns.add_right(found.file, where, self._lost if self._whole else _Anything())
        return found.file

    def done(self) -> Patterns:
        """What was read. RAISES (PatternError): With all mistakes, if there is one."""
        if self._whole:
            self.mistakes += [mistake for mistake, _ in unknown_lists(self.patterns)]
        if self.mistakes:
            raise PatternError(*self.mistakes)
        return self.patterns


class _Anything(Container[str]):
    """Holds whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


def read(sources: Iterable[Source], patterns: Patterns | None = None) -> Patterns:
    """Read pattern sources in order: paths of YAML files, lists or folders, and entries or documents as mappings.

    patterns (Patterns): To add to; else new ones.
    RAISES (PatternError): If one is wrong, with all that is wrong in any. (TypeError): For anything else in `sources`.
    """
    if isinstance(sources, (str, os.PathLike, Mapping)):
        raise TypeError(
            f"patterns must be a list of paths or mappings, not {type(sources).__name__}: write [{sources!r}]"
        )
    reading = Reading(patterns)
    for are_entries, group in groupby(sources, key=_is_entry):
        if are_entries:
            reading.document({"patterns": list(group)})
            continue
        for source in group:
            if isinstance(source, Mapping):
                reading.document(source)
            elif isinstance(source, (str, os.PathLike)):
                try:
                    paths = files_of(Path(source))
                except PatternError as error:
                    reading.refuse(error)
                    continue
                for path in paths:
                    reading.file(path, path.name)
            else:
                raise TypeError(f"patterns must hold paths or mappings, not {type(source).__name__}: {short(source)}")
    return reading.done()


def _is_entry(source: Any) -> bool:
    """Whether a source is one entry as a mapping, and not a document with entries."""
    return isinstance(source, Mapping) and not _is_document(source)


def _is_document(source: Mapping[str, Any]) -> bool:
    return any(key in source for key in ("patterns", "evidence", "lists", "remove"))
