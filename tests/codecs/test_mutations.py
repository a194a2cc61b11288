"""Files that were changed anywhere: each is refused with a ValueError, or read with names that are where they say."""

import random
from pathlib import Path

import pytest
from tagged_texts import FORMATS, MARY, READABLE, SENTENCES

from turkmen_ner import TaggedText, formats, tag

ROUNDS = 150
SIGNS = [
    b"\n",
    b"\r",
    b"\t",
    b" ",
    b"|",
    b"\\",
    b'"',
    b"{",
    b"[",
    b"]",
    b":",
    b",",
    b"0",
    b"9",
    b"-",
    b"=",
    b"\xff",
    b"\x00",
]


def changed(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((0, 1, 1, 7)))
        other = rng.randrange(len(data) + 1)
        piece = rng.choice([rng.choice(SIGNS), b"", data[other : other + rng.randrange(20)]])
        data = data[:at] + piece + data[to:]
    return data


@pytest.mark.parametrize("format", READABLE)
def test_changed_files(format, tmp_path):
    texts = [TaggedText.of("Ol Mara bardy.", [MARY]), *map(tag, SENTENCES)]
    out = tmp_path / "out"
    formats.write(texts, format, out, names=(f"{n}.txt" for n in range(9)))
    files = sorted(out.iterdir()) if FORMATS[format].kind == "folder" else [out]
    before = {path: path.read_bytes() for path in files}
    rng = random.Random(format)
    read = refused = 0
    for _ in range(ROUNDS):
        path: Path = rng.choice(files)
        path.write_bytes(changed(before[path], rng))
        try:
            for found in formats.read(out, format):
                for e in found:
                    assert found.text[e.start : e.end] == e.text
                    assert e.text
                    assert e.label
                read += 1
        except ValueError:
            refused += 1
        path.write_bytes(before[path])
    assert read
    assert refused > ROUNDS / 20
