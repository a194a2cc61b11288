"""brat standoff: `x.txt` holds the text, `x.ann` the entities.

`T1 CITY 3 12 Bengazide` is an entity; one that goes over a line is given as its parts, `3 8;9 14`, as brat wants it.
`N1 Reference T1 geonames:88319 Bengazi` is its outside id, or else its own as `turkmen_ner:…`, with the base form;
`#1 AnnotatorNotes T1 {…}` holds all else that is known, as JSON. Offsets are Python characters.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from turkmen_ner.codecs.files import replacing
from turkmen_ner.codecs.records import dumps, entity, ordered
from turkmen_ner.display import one_line
from turkmen_ner.entity import DEFAULTS, Entity, Marked, NamedText, known
from turkmen_ner.orthography.alphabet import encodable

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"\s")
_BOM = "\ufeff"
_LONGEST = 200  # bytes of a file name; most systems take 255, with a number and the ending
OURS = "turkmen_ner"  # the data base of ids that are not outside ids


def to_brat(text: str, entities: Iterable[Entity]) -> str:
    """The entities of a text as the lines of an .ann file.

    >>> mary = Entity("Mara", "CITY", 3, 7, "Mary", kb="geonames:1")
    >>> print(to_brat("Ol Mara bardy.", [mary]).expandtabs(4).rstrip())
    T1  CITY 3 7    Mara
    N1  Reference T1 geonames:1 Mary
    #1  AnnotatorNotes T1   {"name": "Mary", "kb": "geonames:1"}
    """
    lines = []
    for number, e in enumerate(entities, start=1):
        parts = [(e.start + m.start(), e.start + m.end()) for m in _LINE.finditer(e.text)] or [(e.start, e.end)]
        places = ";".join(f"{start} {end}" for start, end in parts)
        lines.append(f"T{number}\t{_word(e.label)} {places}\t{_shown(text, parts)}")
        if e.kb or e.id:
            reference = e.kb if e.kb.partition(":")[2] else f"{OURS}:{e.kb or e.id}"
            lines.append(f"N{number}\tReference T{number} {_word(reference)}\t{one_line(encodable(e.name))}")
        if note := known(e):
            lines.append(f"#{number}\tAnnotatorNotes T{number}\t{dumps(note)}")
    return "".join(f"{line}\n" for line in lines)


def _word(value: str) -> str:
    return _BLANK.sub("_", encodable(value))


def write(found: Iterable[NamedText], folder: Path) -> None:
    """A .txt and an .ann file for each text, called like the file it came from; equal names get a number."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: dict[str, int] = {}
    for name, text, entities in found:
        stem = _stem(name)
        key = _same(stem)
        taken[key] = taken.get(key, 0) + 1
        while taken[key] > 1 and f"{key}-{taken[key]}" in taken:
            taken[key] += 1
        if taken[key] > 1:
            stem = f"{stem}-{taken[key]}"
            taken[_same(stem)] = 1
        for ending, content in ((".txt", encodable(text)), (".ann", to_brat(text, entities))):
            with replacing(folder / f"{stem}{ending}") as file:
                file.write(content.encode())


def _same(stem: str) -> str:
    """What file systems take for one name: some do not tell capitals or ways to compose a letter."""
    return unicodedata.normalize("NFC", stem).casefold()


def _stem(name: str) -> str:
    """A file name without an ending; a line of a .jsonl file has its number."""
    last = PurePath(name.replace("\\", "/")).name
    stem, colon, number = last.partition(":")
    stem = stem.removesuffix(PurePath(stem).suffix)
    plain = re.sub(r"[^\w.-]+", "_", f"{stem}-{number}" if colon else stem).strip("._-")
    return plain.encode()[:_LONGEST].decode(errors="ignore") or "text"


def read(path: Path) -> Iterator[Marked]:
    """The texts of a folder of .txt and .ann files in the order of their names, or of one such file.

    RAISES (ValueError): For a line that does not fit: file, line and what was expected. (OSError): If one is missing.
    """
    found = sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    for ann in found:
        text, lines = (_decoded(file) for file in (ann.with_suffix(".txt"), ann))
        yield parse(text, lines.removeprefix(_BOM), str(ann))


def _decoded(file: Path) -> str:
    try:
        return file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"{file}: byte {error.start} is not UTF-8, expected a file of brat in UTF-8") from None


class _Line(NamedTuple):
    """A T line: the id, where it stands, the label, the parts and their text."""

    mark: str
    where: str
    label: str
    parts: list[tuple[int, int]]
    shown: str


def parse(text: str, ann: str, where: str = "") -> Marked:
    """A text with the entities of the lines of an .ann file. Relations, events and attributes are ignored.

    Offsets count characters with or without a byte order mark, and CR LF as two characters or as one, whichever agrees
    with the text of all T lines.
    """
    rows: dict[str, _Line] = {}
    references: dict[str, dict[str, Any]] = {}
    notes: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(ann.split("\n"), start=1):
        mark, _, rest = line.removesuffix("\r").partition("\t")
        head, _, tail = rest.partition("\t")
        place = f"{where}:{number}"
        if mark.startswith("T"):
            if mark in rows:
                raise ValueError(f"{place}: found {mark} a second time, expected each id once")
            label, parts = _places(head, line, place)
            rows[mark] = _Line(mark, place, label, parts, tail)
        elif mark.startswith("N") and len(fields := head.split(" ", 2)) == 3:
            references[fields[1]] = _reference(fields[2], tail)
        elif mark.startswith("#") and head.startswith("AnnotatorNotes "):
            notes[head.split(" ")[1]] = _note(tail)
    text = _counted_as(text, rows.values())
    found = [
        entity(
            {"start": row.parts[0][0], "end": row.parts[-1][1], "label": row.label}
            | (notes.get(row.mark) or references.get(row.mark, {})),
            text,
            row.where,
        )
        for row in rows.values()
    ]
    return ordered(text, found, where)


def _places(head: str, line: str, where: str) -> tuple[str, list[tuple[int, int]]]:
    label, _, places = head.partition(" ")
    try:
        parts = [(int(start), int(end)) for start, end in (part.split() for part in places.split(";"))]
    except ValueError:
        raise ValueError(f"{where}: found {line!r:.60}, expected T1, a tab, a label and offsets") from None
    return label, parts


def _counted_as(text: str, rows: Collection[_Line]) -> str:
    """The text as the program counted that wrote the lines. RAISES (ValueError): If there is no such way."""
    ways = [text, text.removeprefix(_BOM)]
    ways += [way.replace("\r\n", "\n") for way in ways]
    problem = ""
    for way in ways:
        wrong = next(filter(None, (_problem(way, row) for row in rows)), "")
        if not wrong:
            return way
        problem = problem or wrong
    raise ValueError(problem)


def _problem(text: str, row: _Line) -> str:
    """What is wrong with a T line, or "": offsets, a gap between its parts, or another text than the one it shows."""
    places = [place for part in row.parts for place in part]
    if sorted(set(places)) != places or places[0] < 0 or places[-1] > len(text):
        shown = ";".join(f"{start} to {end}" for start, end in row.parts)
        return f"{row.where}: found {shown:.60}, expected offsets in Python characters, at most {len(text)}"
    for (_, end), (start, _) in pairwise(row.parts):
        if not text[end:start].isspace():
            return (
                f"{row.where}: found a name in parts with {text[end:start]!r:.60} between them, "
                "expected one without gaps but line breaks"
            )
    found = _shown(text, row.parts)
    if row.shown and found != _BLANK.sub(" ", row.shown):
        return (
            f"{row.where}: found {found!r:.60} from {places[0]} on, expected {row.shown!r:.60}; "
            "offsets count Python characters"
        )
    return ""


def _shown(text: str, parts: Iterable[tuple[int, int]]) -> str:
    """The text of the parts in one line, as brat has it."""
    return _BLANK.sub(" ", encodable(" ".join(text[start:end] for start, end in parts)))


def _reference(known: str, name: str) -> dict[str, Any]:
    base, _, key = known.partition(":")
    return {"name": name, "id": key} if base == OURS else {"name": name, "kb": known}


def _note(tail: str) -> dict[str, Any]:
    """What we noted; a note that a person wrote is ignored."""
    try:
        note = json.loads(tail)
    except (ValueError, RecursionError):
        return {}
    return {key: note[key] for key in DEFAULTS if key in note} if isinstance(note, dict) else {}
