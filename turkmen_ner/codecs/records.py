"""Formats that are JSON: ours, and what Prodigy, doccano and Label Studio import. Offsets are Python characters."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from turkmen_ner._version import __version__
from turkmen_ner.codecs.tokens import spans
from turkmen_ner.entity import DEFAULTS, KINDS, Entity, Marked, NamedText, as_dict

Record = dict[str, Any]
ToRecord = Callable[[str, str, Sequence[Entity]], Record]

_PAIR = re.compile("[\ud800-\udbff](?=[\udc00-\udfff])")
_ESCAPED = re.compile("[\ud800-\udfff\x7f-\x9f\u2028\u2029]")


def dumps(value: Any, indent: int | None = None) -> str:
    r"""JSON that any reader takes: a lone surrogate and whatever might end a line is escaped.

    Two surrogates that JSON would read as one character would move all later offsets; the first becomes U+FFFD.

    >>> dumps("Mary \ud800\u2028")
    '"Mary \\ud800\\u2028"'
    """
    text = _PAIR.sub("\ufffd", json.dumps(value, ensure_ascii=False, indent=indent))
    return _ESCAPED.sub(lambda m: rf"\u{ord(m[0]):04x}", text)


def loads(text: str, where: str) -> Any:
    """JSON, also behind a byte order mark. RAISES (ValueError): If it is not well formed, or too deep to be read."""
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except ValueError as error:
        raise ValueError(f"{where}: not well-formed JSON: {error}") from None
    except RecursionError:
        raise ValueError(f"{where}: found brackets in brackets without end, expected JSON of some depth") from None


def span(value: Any, text: str, where: str) -> tuple[int, int, str]:
    """Start, end and label of a marked name.

    value (list or mapping): [start, end, label], or an object with these keys or `start_offset` and `end_offset`.
    text (str): What it is in; if the object has a `text`, it must stand there. where (str): For the message.
    RAISES (ValueError): If it is anything else.

    >>> span({"start": 3, "end": 7, "label": "CITY"}, "Ol Mara bardy.", "line 1")
    (3, 7, 'CITY')
    """
    written = None
    if isinstance(value, Mapping):
        start, end = (value.get(key, value.get(f"{key}_offset")) for key in ("start", "end"))
        label, written = value.get("label"), value.get("text")
    elif isinstance(value, list) and len(value) > 2:
        start, end, label = value[:3]
    else:
        raise ValueError(f"{where}: found {value!r:.60}, expected [start, end, label] or an object with these keys")
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
        raise ValueError(
            f"{where}: found {start!r:.20} to {end!r:.20}, expected offsets in Python characters, at most {len(text)}"
        )
    if not isinstance(label, str) or not label:
        raise ValueError(f"{where}: found the label {label!r:.60}, expected some text")
    if written is not None and text[start:end] != written:
        raise ValueError(
            f"{where}: found {text[start:end]!r:.60} from {start} on, expected {written!r:.60}; "
            "offsets count Python characters"
        )
    return start, end, label


_JSON: dict[Any, tuple[type, ...]] = {Mapping: (dict,), float: (float, int)}  # where JSON has another type


def entity(value: Any, text: str, where: str) -> Entity:
    """An entity from a row of `TaggedText.to_dicts`, or from start, end and label alone. RAISES (ValueError)."""
    start, end, label = span(value, text, where)
    rest = {key: value[key] for key in DEFAULTS if key in value} if isinstance(value, Mapping) else {}
    for key, found in rest.items():
        kinds = _JSON.get(KINDS[key], (KINDS[key],))
        if not isinstance(found, kinds):
            raise ValueError(f"{where}: found {key} {found!r:.60}, expected a {kinds[0].__name__}")
    return Entity(text[start:end], label, start, end, **rest)


def ordered(text: str, entities: Iterable[Entity], where: str) -> Marked:
    """A text with entities in any order. RAISES (ValueError): If two overlap."""
    found = sorted(entities, key=lambda e: (e.start, e.end))
    for one, other in pairwise(found):
        if other.start < one.end:
            raise ValueError(
                f"{where}: {one.text!r:.60} and {other.text!r:.60} overlap, expected names without overlaps"
            )
    return text, found


# --- the records ---------------------------------------------------------------------------------------------------


def ours(name: str, text: str, entities: Sequence[Entity]) -> Record:
    """Everything, under the keys file, text and entities."""
    return {"file": name, "text": text, "entities": [as_dict(e) for e in entities]}


def prodigy(name: str, text: str, entities: Sequence[Entity]) -> Record:
    """A task for Prodigy with tokens, so that `BMG-nyň` is one in its recipes too."""
    places = [(s, e) for s, e in spans(text, entities) if text[s:e] != " "]
    tokens = [
        {"text": text[s:e], "start": s, "end": e, "id": k, "ws": text[e : e + 1] == " "}
        for k, (s, e) in enumerate(places)
    ]
    first = {s: k for k, (s, _) in enumerate(places)}
    last = {e: k for k, (_, e) in enumerate(places)}
    marked = [as_dict(e) | {"token_start": first[e.start], "token_end": last[e.end]} for e in entities]
    return {"text": text, "tokens": tokens, "spans": marked, "meta": {"file": name} if name else {}}


def doccano(name: str, text: str, entities: Sequence[Entity]) -> Record:
    """A line for doccano; other keys than text and label become its metadata."""
    record: Record = {"text": text, "label": [[e.start, e.end, e.label] for e in entities]}
    return record | ({"file": name} if name else {})


def label_studio(name: str, text: str, entities: Sequence[Entity]) -> Record:
    """A task for Label Studio with predictions, for a labelling interface whose Labels are "label" and Text "text"."""
    result = [
        {
            "id": str(number),
            "type": "labels",
            "from_name": "label",
            "to_name": "text",
            "score": e.score,
            "value": {"start": e.start, "end": e.end, "text": e.text, "labels": [e.label]},
        }
        for number, e in enumerate(entities, start=1)
    ]
    model = f"turkmen_ner {__version__}"
    return {
        "data": {"text": text} | ({"file": name} if name else {}),
        "predictions": [{"model_version": model, "result": result}],
    }


# --- and back ------------------------------------------------------------------------------------------------------


def _parser(key: str) -> Callable[[Any, str], Marked]:
    def parse(row: Any, where: str) -> Marked:
        text = row.get("text") if isinstance(row, Mapping) else None
        found = row.get(key) if isinstance(row, Mapping) else None
        if not isinstance(text, str) or not isinstance(found, list):
            raise ValueError(f"{where}: expected an object with the keys text, a string, and {key}, a list")
        rows = [entity(value, text, f"{where}: {key} {number}") for number, value in enumerate(found, start=1)]
        return ordered(text, rows, where)

    return parse


def _task(row: Any, where: str) -> Marked:
    """A task of Label Studio; what people marked, but for what they cancelled, goes before what was predicted."""
    try:
        text = row["data"]["text"]
        marked = [a for a in row.get("annotations") or () if not a.get("was_cancelled")]
        results = (marked or row.get("predictions") or [{"result": []}])[0]["result"]
        found = [_region(r, where) for r in results if r["type"] == "labels"]
    except (KeyError, TypeError, AttributeError):
        raise ValueError(f"{where}: expected a task of Label Studio with data and predictions or annotations") from None
    return _parser("result")({"text": text, "result": found}, where)


def _region(result: Record, where: str) -> Record:
    """A region of Label Studio, which writes a line break in its text as a backslash and an n."""
    value, labels = result["value"], result["value"]["labels"]
    if not isinstance(labels, list) or len(labels) != 1:
        raise ValueError(f"{where}: found the labels {labels!r:.60}, expected one label for each name")
    region: Record = value | {"label": labels[0]}
    if isinstance(value.get("text"), str):
        region["text"] = value["text"].replace("\\n", "\n")
    if result.get("score") is not None:
        region["score"] = result["score"]
    return region


PARSERS: dict[ToRecord, Callable[[Any, str], Marked]] = {
    ours: _parser("entities"),
    prodigy: _parser("spans"),
    doccano: _parser("label"),
    label_studio: _task,
}


# --- files ---------------------------------------------------------------------------------------------------------


def _unpaired(text: str, entities: Sequence[Entity]) -> Marked:
    """The text as `dumps` leaves it, also where an entity begins between two surrogates."""
    shown = _PAIR.sub("\ufffd", text)
    return shown, entities if shown == text else [replace(e, text=shown[e.start : e.end]) for e in entities]


class Lines:
    """JSON lines: a record a line."""

    def __init__(self, record: ToRecord) -> None:
        self.record = record

    def write(self, found: Iterable[NamedText]) -> Iterator[str]:
        """A line for each text."""
        for name, text, entities in found:
            yield dumps(self.record(name, *_unpaired(text, entities))) + "\n"

    def read(self, lines: Iterable[str]) -> Iterator[Marked]:
        """The texts of the lines. RAISES (ValueError): For a line that does not fit."""
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield PARSERS[self.record](loads(line, f"line {number}"), f"line {number}")


class Document:
    """One JSON list of records, written as they come."""

    def __init__(self, record: ToRecord) -> None:
        self.record = record

    def write(self, found: Iterable[NamedText]) -> Iterator[str]:
        """The list, a record at a time."""
        before = "[\n  "
        for name, text, entities in found:
            yield before + dumps(self.record(name, *_unpaired(text, entities)), indent=2).replace("\n", "\n  ")
            before = ",\n  "
        yield "[]\n" if before[0] == "[" else "\n]\n"

    def read(self, lines: Iterable[str]) -> Iterator[Marked]:
        """The texts of the list. RAISES (ValueError): For a record that does not fit."""
        rows = loads("".join(lines), "JSON")
        if not isinstance(rows, list):
            raise ValueError(f"found {type(rows).__name__}, expected a JSON list")
        for number, row in enumerate(rows, start=1):
            yield PARSERS[self.record](row, f"record {number}")
