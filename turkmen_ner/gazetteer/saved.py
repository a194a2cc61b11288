"""Saved patterns: what a pipeline writes with itself, so that it loads anywhere, without the user's pattern files.

Two lines that `head -2` shows - a mark and a head in JSON: format, version of the library, size and checksum - and the
patterns as msgpack. What is cut short, damaged, of another kind or from a later library is refused whole.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import srsly

from turkmen_ner._version import __version__
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.gazetteer.serialization import FORMAT

MARK = b"turkmen_ner patterns\n"
_HEAD = {"format": int, "version": str, "size": int, "sha256": str}


def save(names: Gazetteer) -> bytes:
    """A gazetteer as bytes that say what they are.

    >>> from turkmen_ner.patterns.compiler import compile
    >>> from turkmen_ner.patterns.reader import read
    >>> saved = save(compile(read([{"label": "CITY", "id": "x", "pattern": "Zahyrap"}])))
    >>> saved[:20], [entry.id for entry in restore(saved).entries]
    (b'turkmen_ner patterns', ['x'])
    """
    body = srsly.msgpack_dumps(names.to_data())
    head = {"format": FORMAT, "version": __version__, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    return MARK + json.dumps(head).encode() + b"\n" + bytes(body)


def restore(saved: bytes, where: str = "the saved patterns") -> Gazetteer:
    """The gazetteer that `save` was given. where (str): What the error calls it, as the path of the file.

    RAISES (PatternError): If it is not whole, or of another kind or format: what was found and what was expected.
    """
    if not saved.startswith(MARK):
        kind = "nothing" if not saved else "the beginning of it" if MARK.startswith(saved) else f"{saved[:20]!r}"
        raise PatternError(f"{where}: found {kind}, expected the patterns of a turkmen_ner component")
    first, end, body = saved[len(MARK) :].partition(b"\n")
    head = _head(first) if end else None
    if head is None:
        raise PatternError(f"{where}: found the head {first[:40]!r}, expected a line of JSON with {', '.join(_HEAD)}")
    if head["format"] != FORMAT:
        found, ours = f"found format {head['format']} of turkmen_ner {head['version']}", f"turkmen_ner {__version__}"
        raise PatternError(f"{where}: {found}, expected format {FORMAT}, which {ours} reads")
    if len(body) != head["size"]:
        raise PatternError(f"{where}: found {len(body)} bytes of patterns, expected {head['size']}; was it cut short?")
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise PatternError(f"{where}: found other bytes than were saved, expected the checksum {head['sha256'][:12]}…")
    try:
        return Gazetteer.from_data(srsly.msgpack_loads(body))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise PatternError(f"{where}: found other data, expected patterns in format {FORMAT} ({error})") from None


def _head(line: bytes) -> Mapping[str, Any] | None:
    """The head, None where it is none."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(head, dict) or any(type(head.get(key)) is not kind for key, kind in _HEAD.items()):
        return None
    return head
