"""brat standoff: `x.txt` holds the text, `x.ann` the entities.

`T1 CITY 3 12 Bengazide` is an entity; one that goes over a line is given as its parts, `3 8;9 14`, as brat wants it.
`N1 Reference T1 geonames:88319 Bengazi` is its outside id, or else its own as `turkmen_ner:…`, with the base form;
`#1 AnnotatorNotes T1 {…}` holds all else that is known, as JSON. Offsets are Python characters.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any

from turkmen_ner.codecs.records import dumps, entity, ordered
from turkmen_ner.display import one_line
from turkmen_ner.entity import DEFAULTS, Entity, Marked, NamedText, known
from turkmen_ner.orthography.alphabet import encodable

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"\s")
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
        shown = encodable(" ".join(text[start:end] for start, end in parts))
        lines.append(f"T{number}\t{_word(e.label)} {places}\t{shown}")
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
        taken[stem] = taken.get(stem, 0) + 1
        while taken[stem] > 1 and f"{stem}-{taken[stem]}" in taken:
            taken[stem] += 1
        if taken[stem] > 1:
            stem = f"{stem}-{taken[stem]}"
            taken[stem] = 1
        (folder / f"{stem}.txt").write_bytes(encodable(text).encode())
        (folder / f"{stem}.ann").write_bytes(to_brat(text, entities).encode())


def _stem(name: str) -> str:
    """A file name without an ending; a line of a .jsonl file has its number."""
    last = PurePath(name.replace("\\", "/")).name
    stem, colon, number = last.partition(":")
    stem = stem.removesuffix(PurePath(stem).suffix)
    return re.sub(r"[^\w.-]+", "_", f"{stem}-{number}" if colon else stem).strip("._-") or "text"


def read(path: Path) -> Iterator[Marked]:
    """The texts of a folder of .txt and .ann files in the order of their names, or of one such file.

    RAISES (ValueError): For a line that does not fit: file, line and what was expected. (OSError): If one is missing.
    """
    found = sorted(path.glob("*.ann")) if path.is_dir() else [path.with_suffix(".ann")]
    for ann in found:
        text = ann.with_suffix(".txt").read_bytes().decode()
        yield parse(text, ann.read_bytes().decode(), str(ann))


def parse(text: str, ann: str, where: str = "") -> Marked:
    """A text with the entities of the lines of an .ann file. Relations, events and attributes are ignored."""
    rows: dict[str, dict[str, Any]] = {}
    references: dict[str, dict[str, Any]] = {}
    notes: dict[str, dict[str, Any]] = {}
    for number, line in enumerate(ann.split("\n"), start=1):
        mark, _, rest = line.partition("\t")
        head, _, tail = rest.partition("\t")
        place = f"{where}:{number}"
        if mark.startswith("T"):
            label, _, places = head.partition(" ")
            try:
                parts = [[int(n) for n in part.split()] for part in places.split(";")]
                rows[mark] = {"label": label, "start": parts[0][0], "end": parts[-1][1], "where": place}
            except (ValueError, IndexError):
                raise ValueError(f"{place}: found {line!r:.60}, expected T1, a tab, a label and offsets") from None
        elif mark.startswith("N") and len(fields := head.split(" ", 2)) == 3:
            references[fields[1]] = _reference(fields[2], tail)
        elif mark.startswith("#") and head.startswith("AnnotatorNotes "):
            notes[head.split(" ")[1]] = _note(tail)
    found = [
        entity(row | (notes.get(mark) or references.get(mark, {})), text, row["where"]) for mark, row in rows.items()
    ]
    return ordered(text, found, where)


def _reference(known: str, name: str) -> dict[str, Any]:
    base, _, key = known.partition(":")
    return {"name": name, "id": key} if base == OURS else {"name": name, "kb": known}


def _note(tail: str) -> dict[str, Any]:
    """What we noted; a note that a person wrote is ignored."""
    try:
        note = json.loads(tail)
    except ValueError:
        return {}
    return {key: note[key] for key in DEFAULTS if key in note} if isinstance(note, dict) else {}
