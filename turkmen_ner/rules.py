"""Reading patterns: YAML files and plain lists, checked, as frozen values.

YAML is read as strings: no value turns into a number, a date or a truth value, a key stands once, and tags,
anchors and aliases are refused, so a pattern file is data and never code. Every error names file, line, entry,
value and what was expected; all errors of all sources are reported at once, and then nothing is loaded.
"""

import os
import re
import stat
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from turkmen_ner import token_syntax
from turkmen_ner.alphabet import slug as slug
from turkmen_ner.errors import MAX_SHOWN as MAX_SHOWN
from turkmen_ner.errors import PatternError as PatternError
from turkmen_ner.files import files_of as files_of
from turkmen_ner.mistakes import Mistake, one_line, short
from turkmen_ner.schema import CONTEXTS as CONTEXTS
from turkmen_ner.schema import Entry as Entry
from turkmen_ner.schema import EvidenceRule as EvidenceRule
from turkmen_ner.schema import Form as Form
from turkmen_ner.schema import PatternFile as PatternFile
from turkmen_ner.values import string
from turkmen_ner.yaml_text import Builder, Node, line_of

LABELS = ("PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP")
Source = str | os.PathLike[str] | Mapping[str, Any]

MAX_BYTES = 256_000_000  # of a file


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


def _place(source: str) -> tuple[str, int]:
    """File and line of where an entry was read."""
    file, _, line = source.rpartition(":")
    return (file, int(line)) if file and line.isdecimal() else (source, 0)


def read_text(path: Path) -> str:
    """The text of a pattern file, read once. RAISES (PatternError): If it cannot be read or is not UTF-8."""
    try:
        data = _read_bytes(path)
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = error.object[:2] in (b"\xff\xfe", b"\xfe\xff")
        line = 1 if wide else error.object.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start} is not UTF-8{' but like UTF-16' if wide else ''}, expected a text file in UTF-8"
        raise PatternError(Mistake(str(path), line, "", what)) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        if isinstance(error, PatternError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        what = f"cannot be read ({why}), expected a YAML file, a list or a folder"
        raise PatternError(Mistake(str(path), 0, "", what)) from None
    return text


def _read_bytes(path: Path) -> bytes:
    """A regular file's bytes: a pipe or a device could go on for ever, or wait."""

    def check(found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            what = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe, a socket or a device"
            raise PatternError(Mistake(str(path), 0, "", f"found {what}, expected a file"))
        if found.st_size > MAX_BYTES:
            raise PatternError(_too_large(path, found.st_size))

    check(path.stat())
    with open(path, "rb", opener=_at_once) as file:
        check(os.fstat(file.fileno()))  # what was opened, if the path has become something else
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:  # a file of /proc says that it is empty
        raise PatternError(_too_large(path, len(data)))
    return data


def _at_once(name: str, flags: int) -> int:
    """Open a file, and if it has become a pipe do not wait for somebody to write."""
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


def _too_large(path: Path, size: int) -> Mistake:
    return Mistake(str(path), 0, "", f"found {size:,} bytes, expected at most {MAX_BYTES:,}")


class WordList(BaseModel):
    """A plain list: its names with the line of each; without a label a list of words that the rules use by name."""

    model_config = ConfigDict(frozen=True)

    name: str
    label: str | None
    words: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]


_HEAD = re.compile(r"#\s*(about|source|licence|date|count|label|list)\s*:\s*(.*)")


def read_head(text: str) -> dict[str, str]:
    r"""The `# key: value` comments that a file begins with.

    >>> read_head("# about: Seas\n# count: 2\nlabel: REGION")
    {'about': 'Seas', 'count': '2'}
    """
    head: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.match(line):
            last = match[1]
            head[last] = match[2].strip()
        elif last and line.startswith("#   "):  # continued
            head[last] += " " + line[1:].strip()
    return head


_LINE_END = re.compile(r"\r\n|\r|\n")


def read_list(text: str, name: str) -> WordList:
    """A plain list: one base form a line, `# …` is a remark."""
    words, remarks = [], []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        word, _, remark = line.partition("#")
        if word.strip():
            words.append((word.strip(), number))
            remarks.append(remark.strip())
    head = read_head(text)
    return WordList(name=head.get("list", name), label=head.get("label"), words=tuple(words), remarks=tuple(remarks))


class Patterns:
    """Everything that a pipeline knows: entries in order, later files overriding earlier ones, and word lists."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.evidence: dict[str, EvidenceRule] = {}
        self.lists: dict[str, tuple[str, ...]] = {}

    def add(self, file: PatternFile, where: str = "<patterns>") -> None:
        """Add the entries of a file: a known id with a pattern replaces, without one adds aliases; `remove` takes out.

        RAISES (PatternError): For an id to remove or to add to that does not exist, or one used twice in the file.
        """
        entries, evidence, mistakes = self._merged(file, where)
        if mistakes:
            raise PatternError(*mistakes)
        self._take(file, entries, evidence)

    def add_right(self, file: PatternFile, where: str, lost: Container[str]) -> list[Mistake]:
        """Add what is right in a file and give what is wrong; ids in `lost` may be named."""
        entries, evidence, mistakes = self._merged(file, where, lost)
        self._take(file, entries, evidence)
        return mistakes

    def _take(self, file: PatternFile, entries: dict[str, Entry], evidence: dict[str, EvidenceRule]) -> None:
        self.entries, self.evidence = entries, evidence
        for name, words in file.lists.items():
            self.lists[name] = self.lists.get(name, ()) + words

    def _merged(
        self, file: PatternFile, where: str, lost: Container[str] = ()
    ) -> tuple[dict[str, Entry], dict[str, EvidenceRule], list[Mistake]]:
        entries, evidence = dict(self.entries), dict(self.evidence)
        mistakes = []

        def wrong(source: str, message: str) -> None:
            mistakes.append(Mistake(*_place(source), "", message))

        for name in file.remove:
            if entries.pop(name, None) is None and evidence.pop(name, None) is None and name not in lost:
                wrong(where, f"remove: found the id {short(name)}, expected one of an entry loaded before")
        first: dict[str, str] = {}
        ids = _Ids(entries)
        for entry in file.patterns:
            key = entry.id or ids.of(entry)
            if key in first:
                wrong(entry.source, f"found the id {short(key)} a second time, first at {first[key]}, "
                      "expected each id once")  # fmt: skip
            first[key] = entry.source
            if entry.pattern is not None:
                entries[key] = entry.model_copy(update={"id": key})
            elif (known := entries.get(key)) is not None:
                update: dict[str, Any] = {"aliases": known.aliases + entry.aliases, "kb": entry.kb or known.kb}
                update |= {key: getattr(known, key) + found for key, found in entry.context.items()}
                entries[key] = known.model_copy(update=update)
            elif key not in lost:
                what = f"found the id {short(key)} without a pattern, expected the id of an entry loaded before"
                wrong(entry.source, what)
        seen: set[str] = set()
        for rule in file.evidence:
            if rule.id in seen:
                wrong(rule.source, f"found the id {short(rule.id)} a second time, expected each id once")
            seen.add(rule.id)
            evidence[rule.id] = rule
        return entries, evidence, mistakes

    def add_list(self, words: WordList, file: str) -> None:
        """Add a plain list: names when it has a label, else words for the rules.

        RAISES (PatternError): With every word that is wrong.
        """
        found = scan_list(words, file)
        if found.mistakes:
            raise PatternError(*found.mistakes)
        self.add(found.file, file)


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


class _Ids:
    """Ids made from patterns; a number is added when another thing has it."""

    def __init__(self, taken: Mapping[str, Entry]) -> None:
        self.taken = taken
        self.made: dict[str, dict[tuple[str | None, str], str]] = {}  # base -> label and pattern -> id
        self.next: dict[str, int] = {}  # base -> the first number that may be free

    def of(self, entry: Entry) -> str:
        """The id for an entry that names none: that of the same thing, else a new one."""
        base = slug(str(entry.pattern)) if not entry.tokens else f"{slug(entry.label or '')}-rule"
        if base not in self.made:
            self.made[base], self.next[base] = {}, 1
            while (known := self.taken.get(key := self._key(base))) is not None:
                self.made[base].setdefault((known.label, str(known.pattern)), key)
                self.next[base] += 1
        thing = entry.label, str(entry.pattern)
        if thing not in self.made[base]:
            while (key := self._key(base)) in self.taken:
                self.next[base] += 1
            self.made[base][thing] = key
            self.next[base] += 1
        return self.made[base][thing]

    def _key(self, base: str) -> str:
        number = self.next[base]
        return base if number == 1 else f"{base}-{number}"


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


def unknown_lists(patterns: Patterns) -> Iterator[tuple[Mistake, str]]:
    """The word lists that token patterns and contexts ask for and that do not exist, each with the id of its entry."""
    for name, entry in list(patterns.entries.items()):
        if not (entry.tokens or entry.context):
            continue
        asked = token_syntax.lists_of(entry.tokens, [item for items in entry.context.values() for item in items])
        for one in dict.fromkeys(asked):
            if one not in patterns.lists:
                known = ", ".join(sorted(patterns.lists)) or "a list under the key lists"
                what = f"LIST: found {short(one)}, expected one of {known}"
                yield Mistake(*_place(entry.source), f"({name})", what), name


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
