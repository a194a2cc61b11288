"""Texts with entities, of every kind, and the ways to write and read them; shared by the tests of the formats."""

import io
import re
from dataclasses import replace
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from turkmen_ner import Entity, TaggedText, formats
from turkmen_ner.formats import FORMATS

SENTENCES = (
    "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi.",
    "Milli Goranmak\n  ministrliginiň wekili Aşgabada bardy.",
    "«Türkiýe» Nurdan Weliçkonyň sözlerine görä BMG-niň agzasydyr.",
    "D.Orazow Mary welaýatyndan geldi!",
)
HALF = re.compile("[\ud800-\udfff]")

MARY = Entity("Mara", "CITY", 3, 7, "Mary", {"Case": "Dat"}, "mary", "geonames:1", "cities.yaml:3 mary", True, 0.95)
BARE = Entity("Mara", "CITY", 3, 7)
WITH_MARY = TaggedText.of("Ol Mara bardy.", [MARY])
READABLE = [format for format, form in FORMATS.items() if form.read]
LINES = [format for format, form in FORMATS.items() if form.kind == "lines"]

# --- texts, and texts with entities ----------------------------------------------------------------------------------

_noise = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [*"\n\r\t\v\f\x00\x1b\x85\u00a0\u2028\u2029\u200b\u202e\ufeff|\\#\"'<>&=_;,[]", "\r\n", "  ", "\n\n"]
    ),
    st.sampled_from(
        ["-DOCSTART-", "-DOCSTART- 0:10 _ O", "T1\tCITY 0 2\tx", "=1+1", "NaN", "null", "😀", "\\u0041", "</mark>"]
    ),
)
texts = st.lists(st.one_of(st.sampled_from(SENTENCES), _noise), max_size=6).map("".join)
wild_texts = st.lists(st.one_of(texts, st.sampled_from(["\ud83d", "\ude00"])), max_size=4).map("".join)
_words = st.one_of(st.text(max_size=8), st.sampled_from(["", "\ud800", "geonames:1", "a b", "Q|=\\"]))


@st.composite
def fabricated(draw: st.DrawFn) -> TaggedText:
    """Any text with any entities that are apart: also within words, over lines, with any base form and id."""
    text = draw(wild_texts)
    places = draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True).map(sorted))
    entities = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        start, end = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
        if start >= end:
            continue
        label = draw(st.sampled_from(["CITY", "PERSON", "MEKDEP", "X-Y", "a<b"]))
        features = draw(st.sampled_from([{}, {"Case": "Loc"}, {"Case": "Gen", "Number[psor]": "Sing"}]))
        name, id, kb, source = (draw(_words) for _ in range(4))
        listed, score = draw(st.booleans()), draw(st.floats(0, 1))
        entities.append(Entity(text[start:end], label, start, end, name, features, id, kb, source, listed, score))
    return TaggedText.of(text, entities)


def visible(tagged: TaggedText, pattern: re.Pattern[str] = HALF) -> TaggedText:
    """The same where characters that a form cannot hold are U+FFFD."""

    def shown(text: str) -> str:
        return pattern.sub("\ufffd", text)

    text = shown(tagged.text)
    rows = [
        replace(
            e, text=text[e.start : e.end], name=shown(e.name), id=shown(e.id), kb=shown(e.kb), source=shown(e.source)
        )
        for e in tagged
    ]
    return TaggedText.of(text, rows)


def bare(tagged: TaggedText) -> list[tuple[int, int, str]]:
    return [(e.start, e.end, e.label) for e in tagged]


def written(tagged: TaggedText, format: str) -> str | bytes:
    """What a file of this form holds."""
    file = io.BytesIO() if FORMATS[format].kind == "bytes" else io.StringIO(newline="")
    formats.write([tagged], format, file, names=["a.txt"])
    data = file.getvalue()
    return data if isinstance(data, bytes) else data.encode("utf-8").decode("utf-8")  # no lone surrogates


def again(tagged: TaggedText, format: str) -> TaggedText:
    """Written and read by our reader."""
    if FORMATS[format].kind == "folder":
        with TemporaryDirectory() as folder:
            formats.write([tagged], format, folder)
            (found,) = formats.read(folder, format)
        return found
    data = written(tagged, format)
    (found,) = formats.read(io.BytesIO(data) if isinstance(data, bytes) else io.StringIO(data, newline="\n"), format)
    return found
