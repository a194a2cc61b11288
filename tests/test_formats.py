"""Entities in other forms and back: every form of one text tells the same entities, with all that it can carry."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from tempfile import TemporaryDirectory

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from turkmen_ner import Entity, TaggedText, formats, tag
from turkmen_ner.formats import FORMATS

SENTENCES = (
    "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi.",
    "Milli Goranmak\n  ministrliginiň wekili Aşgabada bardy.",
    "«Türkiýe» Nurdan Weliçkonyň sözlerine görä BMG-niň agzasydyr.",
    "D.Orazow Mary welaýatyndan geldi!",
)
HALF = re.compile("[\ud800-\udfff]")

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
_words = st.one_of(st.text(max_size=8), st.sampled_from(["", "geonames:1", "a b", "Q|=\\"]))


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
        entities.append(Entity(text[start:end], label, start, end, name, features, id, kb, source, draw(st.booleans())))
    return TaggedText.of(text, entities)


def visible(tagged: TaggedText, pattern: re.Pattern[str] = HALF) -> TaggedText:
    """The same where characters that a form cannot hold are U+FFFD."""

    def shown(text: str) -> str:
        return pattern.sub("\ufffd", text)

    rows = [
        replace(e, text=shown(e.text), name=shown(e.name), id=shown(e.id), kb=shown(e.kb), source=shown(e.source))
        for e in tagged
    ]
    return TaggedText.of(shown(tagged.text), rows)


def bare(tagged: TaggedText) -> list[tuple[int, int, str]]:
    return [(e.start, e.end, e.label) for e in tagged]


def written(tagged: TaggedText, format: str) -> str | bytes:
    """What a file of this form holds."""
    file = io.BytesIO() if FORMATS[format].kind == "bytes" else io.StringIO(newline="")
    formats.write([tagged], format, file, names=["a.txt"])
    data = file.getvalue()
    return data if isinstance(data, bytes) else data.encode("utf-8").decode("utf-8")  # no halves of pairs


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


# --- the one property ------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Text and marks of a page, as a browser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.marks, self._spans = "", [], []
        self._place = "outside"

    def handle_starttag(self, name, attrs):
        style = dict(attrs).get("style") or ""
        if name == "div" and "entities" in (dict(attrs).get("class") or ""):
            self._place = "text"
        elif name == "br":
            self.text += "\n"
        elif name == "mark":
            self.marks.append([len(self.text), 0, ""])
        elif name == "span" and "bold" in style:
            self._place = "label"

    def handle_endtag(self, name):
        if name == "div":
            self._place = "outside"
        elif name == "mark":
            self.marks[-1][1] = len(self.text)
        elif name == "span" and self._place == "label":
            self._place = "text"

    def handle_data(self, data):
        if self._place == "label":
            self.marks[-1][2] += data
        elif self._place == "text":
            self.text += data


def check_html(tagged: TaggedText) -> None:
    page = Page()
    page.feed(tagged.to_html(page=True))
    assert [tuple(mark) for mark in page.marks] == bare(tagged)
    unshown = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
    assert page.text == unshown.sub("\ufffd", tagged.text.replace("\r\n", " \n").replace("\r", "\n"))


def check_rows(rows: list[dict[str, object]], expected: list[dict[str, object]]) -> None:
    """Rows of a CSV file: numbers and truth are strings there."""
    assert len(rows) == len(expected)
    for row, entity in zip(rows, expected, strict=True):
        features = "|".join(f"{key}={value}" for key, value in entity["features"].items())
        assert {k: str(v) for k, v in row.items()} == {
            "file": "a.txt", **{k: str(v) for k, v in entity.items()}, "features": features
        }  # fmt: skip


def check_formats_agree(tagged: TaggedText) -> None:
    """Each form of a text, read back by our reader or by the library whose form it is, has the same entities."""
    shown = visible(tagged)
    # everything, whatever the text: halves of a pair that stand together are one character to JSON
    assert again(tagged, "conll") == tagged
    in_json = visible(tagged, re.compile("[\ud800-\udbff](?=[\udc00-\udfff])"))
    assert again(tagged, "jsonl") == again(tagged, "json") == again(tagged, "prodigy") == in_json
    assert [json.loads(line) for line in written(tagged, "jsonl").splitlines()] == [
        {"file": "a.txt", "text": in_json.text, "entities": in_json.to_dicts()}
    ]
    # everything, in text that has no halves of pairs
    assert again(tagged, "brat") == again(tagged, "docbin") == shown
    (doc,) = DocBin().from_bytes(written(tagged, "docbin")).get_docs(spacy.blank("xx").vocab)
    assert doc.text == shown.text
    assert [(e.start_char, e.end_char, e.label_, e.id_, e.kb_id_) for e in doc.ents] == [
        (e.start, e.end, e.label, e.id, e.kb) for e in shown
    ]
    # everything but the text
    frame = tagged.to_frame()
    assert frame.to_dict("records") == shown.to_dicts()
    cells = visible(tagged, re.compile("[\x00\ud800-\udfff]")).to_dicts()
    check_rows(list(csv.DictReader(io.StringIO(written(tagged, "csv"), newline=""))), cells)
    # where, and which label
    for format in ("doccano", "label-studio"):
        assert again(tagged, format).text == in_json.text
        assert bare(again(tagged, format)) == bare(tagged)
    assert [tuple(span) for span in json.loads(written(tagged, "doccano"))["label"]] == bare(tagged)
    check_html(tagged)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_all_formats_of_a_tagged_text_agree(text):
    check_formats_agree(tag(text))


@settings(max_examples=120, deadline=None)
@given(fabricated())
def test_all_formats_of_any_entities_agree(tagged):
    check_formats_agree(tagged)
