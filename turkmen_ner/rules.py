"""Reading patterns: YAML files and plain lists, checked, as frozen values.

YAML is read as strings: no value turns into a number, a date or a truth value, a key stands once, and tags,
anchors and aliases are refused, so a pattern file is data and never code. Every error names file, line, entry,
value and what was expected; all errors of a file are reported at once, and a file with an error is refused whole.
"""

import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_validator,
)

from turkmen_ner import token_syntax
from turkmen_ner.alphabet import fold

LABELS = ("PERSON", "CITY", "COUNTRY", "REGION", "BODY", "SHIP")
Source = str | os.PathLike[str] | Mapping[str, Any]

MAX_WORDS = 30  # of one name; a longer one is a mistake, not a name
MAX_BYTES = 256_000_000


class PatternError(ValueError):
    """A pattern file or entry that is wrong: file, line, entry, value and what was expected, one line each."""


# --- the schema ----------------------------------------------------------------------------------------------------


def _truth(value: Any) -> Any:
    if value in (True, "true"):
        return True
    if value in (False, "false"):
        return False
    raise ValueError("expected true or false")


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError(f"expected a string, not {type(value).__name__}")
    if not value.strip():
        raise ValueError("expected some text, not an empty string")
    return value.strip()


def _name(value: str) -> str:
    if len(value.split()) > MAX_WORDS:
        raise ValueError(f"expected a name of at most {MAX_WORDS} words, not {len(value.split())}")
    if not any(c.isalnum() for c in fold(value)):
        raise ValueError("expected a name with at least one letter or digit")
    return value


def _listed(value: Any) -> Any:
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
        raise ValueError("expected a list, like [Bengazi, Tripoli]")
    return tuple(value)


Truth = Annotated[bool, BeforeValidator(_truth)]
Text = Annotated[str, BeforeValidator(_text)]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_name)]
Id = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Label = Annotated[str, BeforeValidator(_text), Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


def _soften(value: Any) -> Any:
    return value if value == "both" else _truth(value)


class Form(BaseModel):
    """One written base form and how it behaves."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: Name
    maybe: Truth = False
    inflect: Truth = True
    soften: Annotated[bool | Literal["both"] | None, BeforeValidator(_soften)] = None
    possessed: Annotated[bool | None, BeforeValidator(_truth)] = None
    case: Literal["title", "exact", "any"] | None = None
    note: Text | None = None


def _alias(value: Any) -> Any:
    return {"pattern": value} if isinstance(value, str) else value


Alias = Annotated[Form, BeforeValidator(_alias)]


def _row(value: Any) -> Any:
    if isinstance(value, (str, Mapping)):
        raise ValueError("expected a name, or a list of tokens, like [{IS_TITLE: true, OP: +}]")
    return tuple(value)


def _whole(value: tuple[dict[str, Any], ...]) -> tuple[dict[str, Any], ...]:
    token_syntax.check(value)
    return value


def _kind(value: Any) -> str:
    return "tagged-tokens" if isinstance(value, (Mapping, list, tuple)) else "tagged-name"


Token = Annotated[dict[str, Any], BeforeValidator(token_syntax.token)]
Tokens = Annotated[tuple[Token, ...], BeforeValidator(_row), AfterValidator(_whole)]
Pattern = Annotated[Annotated[Name, Tag("tagged-name")] | Annotated[Tokens, Tag("tagged-tokens")], Discriminator(_kind)]
ContextItem = Annotated[str | dict[str, list[str]], BeforeValidator(token_syntax.context_item)]
Context = Annotated[tuple[ContextItem, ...], BeforeValidator(_listed)]
CONTEXTS = ("before", "after", "not_before", "not_after")
SWITCHES = ("maybe", "inflect", "soften", "possessed", "case")  # of names only


class Entry(BaseModel):
    """A name with its aliases, as `EntityRuler.add_patterns` takes it, plus the keys of patterns/README.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label | None = None
    pattern: Pattern | None = None
    id: Id | None = None
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(_listed)] = ()
    before: Context = ()
    after: Context = ()
    not_before: Context = ()
    not_after: Context = ()
    kb: Text | None = None
    maybe: Truth = False
    inflect: Truth = True
    soften: Annotated[bool | Literal["both"] | None, BeforeValidator(_soften)] = None
    possessed: Annotated[bool | None, BeforeValidator(_truth)] = None
    case: Literal["title", "exact", "any"] | None = None
    yes: Texts = ()
    no: Texts = ()
    note: Text | None = None
    source: str = Field(default="", exclude=True)

    @model_validator(mode="after")
    def _named(self) -> "Entry":
        if self.pattern is None and not (self.id and (self.aliases or self.kb or self.context)):
            raise ValueError(
                "expected a pattern, or the id of another entry with aliases, kb or a context (before ...) to add to it"
            )
        if self.tokens and (names := [key for key in SWITCHES if key in self.model_fields_set]):
            raise ValueError(f"expected a token pattern without {', '.join(names)}, which is for names")
        return self

    @property
    def tokens(self) -> tuple[dict[str, Any], ...]:
        """The token pattern, empty when the pattern is a name."""
        return self.pattern if isinstance(self.pattern, tuple) else ()

    @property
    def context(self) -> dict[str, tuple[str | dict[str, list[str]], ...]]:
        """What must and must not stand around the name: the keys of `CONTEXTS` that are set."""
        return {key: found for key in CONTEXTS if (found := getattr(self, key))}

    def forms(self) -> Iterator[Form]:
        """The pattern and the aliases, each with its switches; an alias does not inherit `maybe` from the entry."""
        if isinstance(self.pattern, str):
            keys = ("pattern", "maybe", "inflect", "soften", "possessed", "case")
            yield Form.model_construct(**{key: getattr(self, key) for key in keys}, note=None)
        yield from self.aliases


def _fact(value: str) -> str:
    if not re.fullmatch(r"[a-z]+:[A-Za-z0-9+-]+", value):
        raise ValueError("expected a fact like before:titles, case:Loc or words:1, see patterns/README.md")
    return value


Facts = Annotated[tuple[Annotated[Text, AfterValidator(_fact)], ...], BeforeValidator(_listed)]


def _number(value: Any) -> Any:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("expected a number of points, like 3 or -1.5")
    return number


def _some(value: tuple[str, ...]) -> tuple[str, ...]:
    if not value:
        raise ValueError("expected at least one fact, like [before:titles]")
    return value


class EvidenceRule(BaseModel):
    """Points for a label when all facts of `when` hold and none of `unless`, see patterns/README.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Id
    label: Label
    weight: Annotated[float, BeforeValidator(_number)]
    when: Annotated[Facts, AfterValidator(_some)]
    unless: Facts = ()
    yes: Texts = ()
    no: Texts = ()
    note: Text | None = None
    source: str = Field(default="", exclude=True)


def _lists(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise ValueError("expected a mapping of names to lists of words")
    return value


class PatternFile(BaseModel):
    """What a YAML file holds at its top level."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: Label | None = None
    patterns: Annotated[tuple[Entry, ...], BeforeValidator(_listed)] = ()
    evidence: Annotated[tuple[EvidenceRule, ...], BeforeValidator(_listed)] = ()
    lists: Annotated[dict[str, Texts], BeforeValidator(_lists)] = {}
    remove: Texts = ()


# --- YAML as strings, with lines -----------------------------------------------------------------------------------


class Node(dict[str, Any]):
    """A YAML mapping that remembers the line it starts on and the line of each key."""

    line: int = 0
    lines: dict[str, int]


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(text: str, file: str) -> Any:
    """YAML as strings, lists and `Node`s.

    RAISES (PatternError): For bad syntax, a repeated key, a tag, an anchor or an alias.
    """
    try:
        events = yaml.parse(text, Loader=_Loader)
        return _Builder(events, file).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        if (control := _CONTROL.search(text)) is not None and not mark:
            line = f":{text.count(chr(10), 0, control.start()) + 1}"
            problem = f"the control character {control[0]!r}"
        raise PatternError(
            f"{file}{line}: not well-formed YAML: {problem}; expected a file as in patterns/README.md"
        ) from None


MAX_DEPTH = 50  # lists and mappings inside each other; an entry with token patterns needs 7


class _Builder:
    def __init__(self, events: Iterable[Any], file: str) -> None:
        self.events = iter(events)
        self.file = file

    def document(self) -> Any:
        value: Any = None
        for event in self.events:
            if isinstance(event, (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent, yaml.AliasEvent)):
                if value is not None:
                    self.fail(event, "a second document", "one document a file")
                value = self.value(event)
        return value

    def value(self, event: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            self.fail(event, "lists or mappings nested too deep", f"at most {MAX_DEPTH} inside each other")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.fail(event, f"the anchor or alias {event.anchor!r}", "every value written out")
        if event.tag is not None:
            self.fail(event, f"the tag {event.tag}", "plain strings, lists and mappings")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
                items.append(self.value(event, depth + 1))
            return items
        node = Node()
        node.line, node.lines = event.start_mark.line + 1, {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.value(event, depth + 1)
            if not isinstance(key, str):
                self.fail(event, "a key that is a list or a mapping", "a word")
            if key in node:
                self.fail(event, f"the key {key!r} twice in one mapping", "each key once")
            node.lines[key] = event.start_mark.line + 1
            node[key] = self.value(next(self.events), depth + 1)
        return node

    def fail(self, event: Any, found: str, expected: str) -> None:
        raise PatternError(f"{self.file}:{event.start_mark.line + 1}: found {found}, expected {expected}")


# --- files ---------------------------------------------------------------------------------------------------------


def _line(value: Any, path: Sequence[Any]) -> int:
    """The line of the innermost part of a path into a document."""
    line = getattr(value, "line", 0)
    for key in path:
        if isinstance(value, Node) and isinstance(key, str):
            line = value.lines.get(key, line)
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
        line = getattr(value, "line", line)
    return line


_EXPECTED = {  # what pydantic says in its own words
    "missing": "expected, found nothing",
    "model_type": "expected an entry, like {pattern: Bengazi}",
    "string_pattern_mismatch": "expected an id of a-z, 0-9, - and . or a label in capitals",
    "literal_error": "expected title, exact or any",
}


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) < 80 else shown[:77] + "..."


def _explain(error: ValidationError, document: Any, file: str) -> PatternError:
    messages = []
    for problem in error.errors(include_url=False, include_context=False):
        path = [p for p in problem["loc"] if not (isinstance(p, str) and p.startswith(("tagged-", "function-")))]
        line = _line(document, path)
        entry = ""
        if path[:1] in (["patterns"], ["evidence"]) and len(path) > 1 and isinstance(path[1], int):
            found = document[path[0]][path[1]]
            name = found.get("id") or found.get("pattern") if isinstance(found, Mapping) else None
            entry = f" entry {path[1] + 1}" + (f" ({name:.60})" if isinstance(name, str) else "") + ":"
        key = ".".join(str(p) for p in path[2:] if isinstance(p, str)) or (str(path[0]) if path else "file")
        if problem["type"] == "extra_forbidden":
            entry_model = EvidenceRule if path[0] == "evidence" else Entry
            model = entry_model if len(path) == 3 else Form if len(path) > 3 else PatternFile
            what = (
                f"unknown key {path[-1]!r}; expected one of {', '.join(k for k in model.model_fields if k != 'source')}"
            )
        else:
            message = _EXPECTED.get(problem["type"]) or problem["msg"].removeprefix("Value error, ")
            what = f"{key}: {message}" + ("" if problem["type"] == "missing" else f", found {_short(problem['input'])}")
        messages.append(f"{file}{f':{line}' if line else ''}:{entry} {what}")
    return PatternError("\n".join(dict.fromkeys(messages)))


def parse(document: Any, file: str) -> PatternFile:
    """Check a document (a file as read, or a mapping given from Python) and give entries their label and source.

    RAISES (PatternError): With every error of the document.
    """
    if document is None:
        document = {}
    if not isinstance(document, Mapping):
        found = type(document).__name__
        raise PatternError(f"{file}: found a {found} at the top, expected a mapping with the key patterns")
    try:
        checked = PatternFile.model_validate(document)
    except ValidationError as error:
        raise _explain(error, document, file) from None
    entries, problems = [], []
    for i, entry in enumerate(checked.patterns):
        where = _where(document["patterns"][i], file, i)
        label = entry.label or checked.label
        if label is None and entry.pattern is not None:
            problems.append(
                f"{where}: ({entry.id or entry.pattern}): label: found none, expected one here or for the file"
            )
        entries.append(entry.model_copy(update={"label": label, "source": where}))
    if problems:
        raise PatternError("\n".join(problems))
    evidence = tuple(
        rule.model_copy(update={"source": _where(document["evidence"][i], file, i)})
        for i, rule in enumerate(checked.evidence)
    )
    return checked.model_copy(update={"patterns": tuple(entries), "evidence": evidence})


def _where(node: Any, file: str, i: int) -> str:
    line = getattr(node, "line", 0)
    return f"{file}:{line}" if line else f"{file} entry {i + 1}"


def read_text(path: Path) -> str:
    """The text of a pattern file. RAISES (PatternError): If it cannot be read or is not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PatternError(f"{path}: found {path.stat().st_size:,} bytes, expected at most {MAX_BYTES:,}")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PatternError(f"{path}: byte {error.start} is not UTF-8, expected a text file in UTF-8") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        why = getattr(error, "strerror", None) or str(error)
        raise PatternError(f"{path}: cannot be read ({why}), expected a YAML file, a list or a folder") from None


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


def read_list(text: str, name: str) -> WordList:
    """A plain list: one base form a line, `# …` is a remark."""
    words, remarks = [], []
    for number, line in enumerate(text.splitlines(), start=1):
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
        entries, evidence = dict(self.entries), dict(self.evidence)
        problems = []
        for name in file.remove:
            if entries.pop(name, None) is None and evidence.pop(name, None) is None:
                problems.append(f"{where}: remove: found the id {name!r}, expected one of an entry loaded before")
        seen: dict[str, Entry] = {}
        for entry in file.patterns:
            key = entry.id or _id_of(entry, entries)
            if key in seen:
                problems.append(
                    f"{entry.source}: found the id {key!r} a second time, first at {seen[key].source}, "
                    "expected each id once"
                )
            seen[key] = entry
            if entry.pattern is not None:
                entries[key] = entry.model_copy(update={"id": key})
            elif (known := entries.get(key)) is not None:
                update: dict[str, Any] = {"aliases": known.aliases + entry.aliases, "kb": entry.kb or known.kb}
                update |= {key: getattr(known, key) + found for key, found in entry.context.items()}
                entries[key] = known.model_copy(update=update)
            else:
                problems.append(
                    f"{entry.source}: found the id {key!r} without a pattern, expected the id of an entry loaded before"
                )
        for number, rule in enumerate(file.evidence):
            if any(rule.id == other.id for other in file.evidence[:number]):
                problems.append(f"{rule.source}: found the id {rule.id!r} a second time, expected each id once")
            evidence[rule.id] = rule
        if problems:
            raise PatternError("\n".join(problems))
        self.entries, self.evidence = entries, evidence
        for name, words in file.lists.items():
            self.lists[name] = self.lists.get(name, ()) + words

    def add_list(self, words: WordList, file: str) -> None:
        """Add a plain list: names when it has a label, else words for the rules."""
        if words.label is None:
            self.lists[words.name] = self.lists.get(words.name, ()) + tuple(word for word, _ in words.words)
            return
        document = {
            "label": words.label,
            "patterns": [{"pattern": word, "id": f"{slug(words.name)}.{slug(word)}"} for word, _ in words.words],
        }
        checked = parse(document, file)
        entries = [
            e.model_copy(update={"source": f"{file}:{n}"})
            for e, (_, n) in zip(checked.patterns, words.words, strict=True)
        ]
        self.add(checked.model_copy(update={"patterns": tuple(entries)}))


_ASCII = str.maketrans("äçžňöşüý", "acznosuy")


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """A name as an id.

    >>> slug("Güwen Begeç"), slug("5+5 komissiýasy")
    ('guwen-begec', '5-5-komissiyasy')
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(name).translate(_ASCII)).strip("-") or "x"


def _id_of(entry: Entry, taken: Mapping[str, Entry]) -> str:
    """An id made from the pattern; a number is added when another thing has it."""
    base = slug(entry.pattern or "") if not entry.tokens else f"{slug(entry.label or '')}-rule"
    number = 1
    while (key := base if number == 1 else f"{base}-{number}") in taken:
        if taken[key].label == entry.label and taken[key].pattern == entry.pattern:
            break
        number += 1
    return key


def read(sources: Iterable[Source]) -> Patterns:
    """Read pattern sources in order: paths of YAML files, lists or folders, and entries or documents as mappings.

    RAISES (PatternError): If one is wrong; nothing is half loaded. (TypeError): For anything else in `sources`.
    """
    patterns = Patterns()
    if isinstance(sources, (str, os.PathLike, Mapping)):
        raise TypeError(
            f"patterns must be a list of paths or mappings, not {type(sources).__name__}: write [{sources!r}]"
        )
    for are_entries, group in groupby(sources, key=_is_entry):
        if are_entries:
            patterns.add(parse({"patterns": list(group)}, "<patterns>"))
            continue
        for source in group:
            if isinstance(source, Mapping):
                patterns.add(parse(source, "<patterns>"), "<patterns>")
            elif isinstance(source, (str, os.PathLike)):
                for path in files_of(Path(source)):
                    _read_file(patterns, path)
            else:
                raise TypeError(f"patterns must hold paths or mappings, not {type(source).__name__}: {source!r}")
    return patterns


def _is_entry(source: Any) -> bool:
    """Whether a source is one entry as a mapping, and not a document with entries."""
    return isinstance(source, Mapping) and not _is_document(source)


def _is_document(source: Mapping[str, Any]) -> bool:
    return any(key in source for key in ("patterns", "evidence", "lists", "remove"))


def files_of(path: Path) -> list[Path]:
    """The pattern files of a path: itself, or those of a folder and its subfolders, YAML before lists, by name."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix in (".yaml", ".yml"))
        found += sorted(p for p in path.rglob("*.txt"))
        if not found:
            raise PatternError(f"{path}: found a folder without .yaml or .txt files, expected pattern files")
        return found
    return [path]


def _read_file(patterns: Patterns, path: Path) -> None:
    text = read_text(path)
    file = path.name
    if path.suffix == ".txt":
        patterns.add_list(read_list(text, path.stem), file)
    elif path.suffix in (".yaml", ".yml"):
        document = read_yaml(text, file)
        line = _line(document, ["remove"])
        patterns.add(parse(document, file), f"{file}:{line}" if line else file)
    else:
        raise PatternError(f"{path}: found the ending {path.suffix!r}, expected .yaml, .yml or .txt")
