"""Every format of one text holds the same entities, with all that it can carry."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import spacy
from hypothesis import given, settings
from spacy.tokens import DocBin
from tagged_texts import (
    again,
    bare,
    fabricated,
    visible,
    wild_texts,
    written,
)

from turkmen_ner import TaggedText, tag


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
            "file": "a.txt", **{k: str(v) for k, v in entity.items()}, "features": features,
            "main_name": row["main_name"], "sentence": row["sentence"],
        }  # fmt: skip


def check_formats_agree(tagged: TaggedText) -> None:
    """Each form of a text, read back by our reader or by the library whose form it is, has the same entities."""
    shown = visible(tagged)
    # everything, whatever the text: two surrogates side by side are one character to JSON
    assert again(tagged, "conll") == tagged
    in_json = visible(tagged, re.compile("[\ud800-\udbff](?=[\udc00-\udfff])"))
    assert again(tagged, "jsonl") == again(tagged, "json") == again(tagged, "prodigy") == in_json
    assert [json.loads(line) for line in written(tagged, "jsonl").splitlines()] == [
        {"file": "a.txt", "text": in_json.text, "entities": in_json.to_dicts()}
    ]
    # everything, in text without lone surrogates
    assert again(tagged, "docbin") == shown
    in_notes = [replace(e, text=seen.text) for e, seen in zip(in_json, shown, strict=True)]
    assert again(tagged, "brat") == TaggedText.of(shown.text, in_notes)
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


@settings(max_examples=40, deadline=None)
@given(wild_texts)
def test_all_formats_of_a_tagged_text_agree(text):
    check_formats_agree(tag(text))


@settings(max_examples=100, deadline=None)
@given(fabricated())
def test_all_formats_of_any_entities_agree(tagged):
    check_formats_agree(tagged)
