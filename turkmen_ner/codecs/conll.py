r"""CoNLL: a word a line with IOB2 tags in the four columns of CoNLL-2003, and all that we know besides.

1. The word; U+FFFD for characters that no column may hold, the exact word is then `Word=` in column 3.
2. Where it stands: `start:end`, offsets into the text in Python characters.
3. `_`, or properties separated by bars. As in CoNLL-U, `SpaceAfter=No`, or `SpacesAfter=` where it is not one space.
   On the first word of an entity `Name=`, `Features=`, `Id=`, `Kb=`, `Source=`, `Listed=Yes`, `Score=`.
4. `B-CITY`, `I-CITY` or `O`.

Columns are separated by one space, sentences by an empty line. `-DOCSTART-` begins a text, with `File=` and
`SpacesBefore=` in column 3. In column 3 `\s`, `\t`, `\n`, `\r`, `\p` and `\\` are space, tab, line feed, return, bar
and backslash, `\u00a0` is any other character; with them the words give back the very text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from turkmen_ner.codecs.tokens import sentences, spans
from turkmen_ner.display import features_text
from turkmen_ner.entity import DEFAULTS, KINDS, Entity, Marked, NamedText, known

_SHORT = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "|": r"\p", "\\": r"\\"}
_LONG = {short[1]: char for char, short in _SHORT.items()}
_BREAKING = r"\s\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff"
_NO_WORD = re.compile(f"[{_BREAKING}]")
_ESCAPED = re.compile(rf"[{_BREAKING}|\\]")
_ESCAPE = re.compile(r"\\(?:u([0-9a-f]{4})|(.))")
_PLACE = re.compile(r"(\d+):(\d+)")
START = "-DOCSTART-"


def write(found: Iterable[NamedText]) -> Iterator[str]:
    """Each text as CoNLL."""
    for name, text, entities in found:
        yield to_conll(text, entities, name)


def to_conll(text: str, entities: Sequence[Entity], name: str = "") -> str:
    """A text as CoNLL. name (str): What it is called, for the line that begins it.

    >>> print(to_conll("Ol Mara bardy.", [Entity("Mara", "CITY", 3, 7, "Mary")]).rstrip())
    -DOCSTART- -X- _ O
    <BLANKLINE>
    Ol 0:2 _ O
    Mara 3:7 Name=Mary B-CITY
    bardy 8:13 SpaceAfter=No O
    . 13:14 SpaceAfter=No O
    """
    words = [(s, e) for s, e in spans(text, entities) if not text[s:e].isspace()]
    first = words[0][0] if words else len(text)
    lines = [f"{START} -X- {_joined({'File': name, 'SpacesBefore': text[:first]})} O", ""]
    begins = {e.start: e for e in entities}
    entity: Entity | None = None
    ends = {end for _, end in sentences(text, entities)}
    for number, (start, end) in enumerate(words):
        word = text[start:end]
        after = words[number + 1][0] if number + 1 < len(words) else len(text)
        separator = text[end:after]
        shown = _NO_WORD.sub("\ufffd", word)
        properties = {"Word": word if shown != word else "", **_space(separator)}
        entity = begins.get(start) or (entity if entity and start < entity.end else None)
        tag = "O"
        if entity:
            tag = f"{'B' if start == entity.start else 'I'}-{_escape(entity.label)}"
            if start == entity.start:
                properties |= _properties(entity)
        lines.append(f"{shown} {start}:{end} {_joined(properties)} {tag}")
        if end in ends:
            lines.append("")
    if lines[-1]:
        lines.append("")
    return "\n".join(lines) + "\n"


def _space(separator: str) -> dict[str, str]:
    if separator == " ":
        return {}
    return {"SpacesAfter": separator} if separator else {"SpaceAfter": "No"}


def _properties(entity: Entity) -> dict[str, str]:
    return {key.capitalize(): _shown(value) for key, value in known(entity).items()}


def _shown(value: Any) -> str:
    """The value of a field; `_value` is the way back."""
    if isinstance(value, Mapping):
        return features_text(value)
    return ("No", "Yes")[value] if isinstance(value, bool) else str(value)


def _joined(properties: Mapping[str, str]) -> str:
    return "|".join(f"{key}={_escape(value)}" for key, value in properties.items() if value) or "_"


def _escape(value: str) -> str:
    return _ESCAPED.sub(lambda m: _SHORT.get(m[0]) or rf"\u{ord(m[0]):04x}", value)


def _unescape(value: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else _LONG.get(m[2], m[0]), value)


# --- reading -------------------------------------------------------------------------------------------------------


def read(lines: Iterable[str]) -> Iterator[Marked]:
    r"""The texts of CoNLL lines, ours exactly; of other files words are separated by spaces and sentences by lines.

    YIELDS (str, list of Entity): Each `-DOCSTART-`, or one in all. RAISES (ValueError): For a line that does not fit.

    >>> [(text, [e.label for e in found]) for text, found in read(["Ol O", "Mara B-LOC", "bardy O", "", "Gitdi O"])]
    [('Ol Mara bardy\nGitdi', ['LOC'])]
    """
    reader: _Reader | None = None
    for number, line in enumerate(lines, start=1):
        line = line.lstrip("\ufeff") if number == 1 else line
        columns = line.split()
        if columns and columns[0] == START and not _ours(columns):
            if reader:
                yield reader.done()
            reader = _Reader()
            reader.text = _read_properties(columns).get("SpacesBefore", "")
        elif columns:
            reader = reader or _Reader()
            reader.add(columns, number)
        elif reader and reader.exact is False:
            reader.separator = "\n"
    if reader:
        yield reader.done()


def _ours(columns: list[str]) -> bool:
    return len(columns) == 4 and _PLACE.fullmatch(columns[1]) is not None


def _read_properties(columns: list[str]) -> dict[str, str]:
    pairs = columns[2].split("|") if len(columns) == 4 else ()
    return {key: _unescape(value) for key, equals, value in (pair.partition("=") for pair in pairs) if equals}


class _Reader:
    """One text as its lines come in."""

    def __init__(self) -> None:
        self.text = ""
        self.separator = ""
        self.exact: bool | None = None  # whether the words are ours; not known before the first
        self.open: tuple[int, int, str, dict[str, Any]] | None = None
        self.entities: list[tuple[int, int, str, dict[str, Any]]] = []

    def add(self, columns: list[str], number: int) -> None:
        """Take in a word. number (int): Of its line."""
        kind, _, label = columns[-1].partition("-")
        if len(columns) < 2 or kind not in ("B", "I", "O") or bool(label) == (kind == "O"):
            raise ValueError(
                f"line {number}: found {' '.join(columns)!r:.60}, expected a word and a tag such as B-CITY"
            )
        self.exact = _ours(columns)
        properties = _read_properties(columns) if self.exact else {}
        self.text += self.separator
        start = len(self.text)
        word = properties.pop("Word", columns[0])
        if _NO_WORD.sub("\ufffd", word) != columns[0]:
            raise ValueError(f"line {number}: found Word={word!r:.60}, expected a word that is {columns[0]!r:.60}")
        self.text += word
        end = len(self.text)
        if self.exact and (int(columns[1].split(":")[0]), int(columns[1].split(":")[1])) != (start, end):
            raise ValueError(
                f"line {number}: found the place {columns[1]}, expected {start}:{end} after the lines above"
            )
        spaces = properties.pop("SpacesAfter", " ")
        self.separator = "" if properties.pop("SpaceAfter", "") == "No" else spaces
        label = _unescape(label) if self.exact else label
        if kind == "I" and self.open and self.open[2] == label:
            self.open = (self.open[0], end, *self.open[2:])
            return
        self._close()
        if kind != "O":
            self.open = (start, end, label, _fields(properties, number))

    def _close(self) -> None:
        if self.open:
            self.entities.append(self.open)
            self.open = None

    def done(self) -> Marked:
        """The text, now that all its lines are read."""
        self._close()
        text = self.text + (self.separator if self.exact else "")
        return text, [Entity(text[s:e], label, s, e, **rest) for s, e, label, rest in self.entities]


def _fields(properties: Mapping[str, str], number: int) -> dict[str, Any]:
    """The fields of an entity. RAISES (ValueError): For a value that is none. number (int): Of the line."""
    found = {}
    for key in DEFAULTS:
        shown = properties.get(name := key.capitalize())
        if shown is not None:
            try:
                found[key] = _value(shown, KINDS[key])
            except (ValueError, KeyError):
                raise ValueError(f"line {number}: found {name}={shown!r:.60}, expected as in docs/formats.md") from None
    return found


def _value(shown: str, kind: Any) -> Any:
    if kind is Mapping:
        return dict(pair.split("=", 1) for pair in shown.split("|")) if shown else {}
    return {"Yes": True, "No": False}[shown] if kind is bool else kind(shown)
