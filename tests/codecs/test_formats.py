"""Entities in other forms and back: every form of one text tells the same entities, with all that it can carry."""

import csv
import io
import json
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

import turkmen_ner
from turkmen_ner import Entity, TaggedText, formats, tag
from turkmen_ner.codecs.html import COLORS, DARK, INK, LIGHT, OTHER, STYLE
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
        entities.append(Entity(text[start:end], label, start, end, name, features, id, kb, source, draw(st.booleans())))
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


# --- writing and reading files ---------------------------------------------------------------------------------------

MARY = Entity("Mara", "CITY", 3, 7, "Mary", {"Case": "Dat"}, "mary", "geonames:1", "cities.yaml:3 mary", True)
BARE = Entity("Mara", "CITY", 3, 7)
WITH_MARY = TaggedText.of("Ol Mara bardy.", [MARY])
READABLE = [format for format, form in FORMATS.items() if form.read]
LINES = [format for format, form in FORMATS.items() if form.kind == "lines"]


@pytest.fixture(scope="module")
def several() -> list[TaggedText]:
    return [*map(tag, SENTENCES), tag(""), tag("\r\n  \n"), tag("Aşgabat,\r\nAşgabat\r\n")]


@pytest.mark.parametrize("format", READABLE)
def test_a_file_of_several_texts(format, several, tmp_path):
    formats.write(iter(several), format, tmp_path / "out", names=(f"{n}.txt" for n in range(10)))
    found = list(formats.read(str(tmp_path / "out"), format))
    assert [one.text for one in found] == [one.text for one in several]
    assert [bare(one) for one in found] == [bare(one) for one in several]
    if FORMATS[format].all_fields:
        assert found == several


@pytest.mark.parametrize("format", FORMATS)
def test_no_text_at_all(format, tmp_path):
    formats.write([], format, tmp_path / "out")
    if FORMATS[format].read:
        assert list(formats.read(tmp_path / "out", format)) == []
    else:
        assert (tmp_path / "out").read_text() == {
            "html": formats.html.HEAD + formats.html.FOOT,
            "csv": '"file","text","label","start","end","name","case","features","id","kb","source","listed"\n',
        }.get(format)


@pytest.mark.parametrize("format", [*LINES, "brat"])
def test_a_text_is_written_before_the_next_is_asked_for(format, tmp_path):
    class Out(io.StringIO):
        pass

    out = Out()

    def some_texts():
        for _ in range(3):
            before = out.tell() if format != "brat" else len(list(tmp_path.glob("*")))
            yield WITH_MARY
            after = out.tell() if format != "brat" else len(list(tmp_path.glob("*")))
            grown.append(after > before)

    grown: list[bool] = []
    formats.write(some_texts(), format, tmp_path if format == "brat" else out)
    assert grown == [True] * 3


def test_names_are_asked_for_after_their_texts():
    names = []

    def some_texts():
        for name in "ab":
            names.append(name)
            yield WITH_MARY

    out = io.StringIO()
    formats.write(some_texts(), "jsonl", out, names=iter(names.pop, None))
    assert [json.loads(line)["file"] for line in out.getvalue().splitlines()] == ["a", "b"]


def test_what_is_no_format():
    for call in (lambda: formats.write([], "xml", "x"), lambda: formats.read("x", "xml")):
        with pytest.raises(ValueError, match=r"^format must be one of json, jsonl, .*, not 'xml'$"):
            call()
    for format in ("html", "csv"):
        with pytest.raises(ValueError, match=f"^{format} can be written only"):
            formats.read("x", format)
    with pytest.raises(TypeError, match="several texts"):
        formats.write(WITH_MARY, "jsonl", io.StringIO())
    with pytest.raises(TypeError, match="takes a folder for brat, not StringIO"):
        formats.write([WITH_MARY], "brat", io.StringIO())
    for format in READABLE:
        with pytest.raises(FileNotFoundError):
            list(formats.read("/nowhere/at/all.ann", format))


@pytest.mark.parametrize(
    ("format", "content", "complaint"),
    [
        ("jsonl", '{"text": "", "entities": []}\n{"text": ""}', "line 2: expected an object with the keys text"),
        ("jsonl", "{", "line 1: not well-formed JSON"),
        ("jsonl", "[1]", "line 1: expected an object"),
        (
            "jsonl",
            '{"text": "Mary", "entities": [[0, 5, "CITY"]]}',
            "line 1: entities 1: found 0 to 5, expected offsets",
        ),
        ("jsonl", '{"text": "Mary", "entities": [5]}', "line 1: entities 1: found 5, expected"),
        ("jsonl", '{"text": "Mary", "entities": [{"start": 0, "end": 4}]}', "found the label None"),
        (
            "jsonl",
            '{"text": "Mary", "entities": [{"start": 0, "end": 4, "label": "CITY", "name": 5}]}',
            "line 1: entities 1: found name 5, expected a str",
        ),
        (
            "jsonl",
            '{"text": "Mary", "entities": [{"start": 0, "end": 3, "label": "CITY", "text": "Mary"}]}',
            "line 1: entities 1: found 'Mar' from 0 on, expected 'Mary'",
        ),
        ("doccano", '{"text": "Mary", "label": [[0, 4, "A"], [1, 2, "B"]]}', "line 1: 'Mary' and 'a' overlap"),
        ("json", '{"text": "Mary"}', "found dict, expected a JSON list"),
        ("label-studio", '[{"data": {}}]', "record 1: expected a task of Label Studio"),
        ("conll", "Ol O\nMara CITY", "line 2: found 'Mara CITY', expected a word and a tag"),
        ("conll", "Ol", "line 1: found 'Ol'"),
        ("conll", "Ol B-", "line 1: found 'Ol B-'"),
        ("conll", "-DOCSTART- -X- _ O\n\nOl 0:2 _ O\nMara 4:8 _ O", "line 4: found the place 4:8, expected 3:7"),
        ("brat", "T1\tCITY 0\tMary", r":1: found 'T1\\tCITY 0\\tMary', expected T1, a tab"),
        ("brat", "T1\tCITY 0 x\tMary", r":1: found"),
        ("brat", "\nT1\tCITY 0 9\tMary", r":2: found 0 to 9, expected offsets"),
        ("brat", "T1\tCITY 0 4\tMary\nT2\tCITY 1 2\ta", "'Mary' and 'a' overlap"),
        ("docbin", "no", "not a DocBin of spaCy"),
    ],
)
def test_what_cannot_be_read(format, content, complaint, tmp_path):
    path = tmp_path / "x.ann"
    path.write_text(content, encoding="utf-8")
    (tmp_path / "x.txt").write_text("Mary", encoding="utf-8")
    with pytest.raises(ValueError, match=complaint) as error:
        list(formats.read(path, format))
    if format != "docbin":
        assert str(path) in str(error.value)


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_a_json_line_is_one_line_for_every_reader():
    tagged = TaggedText.of("a\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x00b", [])
    assert len(written(tagged, "jsonl").splitlines()) == 1
    assert again(tagged, "jsonl") == tagged


def test_prodigy_has_tokens_that_its_spans_are_made_of():
    tagged = tag("Ol  BMG-niň we Türkiýäniň\nişleri üçin geldi. Halife Haftar!")
    (task,) = [json.loads(line) for line in written(tagged, "prodigy").splitlines()]
    assert "BMG-niň" in [token["text"] for token in task["tokens"]]
    assert "".join(token["text"] + " " * token["ws"] for token in task["tokens"]) != ""
    assert [token["id"] for token in task["tokens"]] == list(range(len(task["tokens"])))
    assert len(task["spans"]) == 3
    for span in task["spans"]:
        tokens = task["tokens"][span["token_start"] : span["token_end"] + 1]
        assert (tokens[0]["start"], tokens[-1]["end"]) == (span["start"], span["end"])
        assert task["text"][span["start"] : span["end"]] == span["text"]
    assert task["meta"] == {"file": "a.txt"}


def test_label_studio_takes_what_people_marked_first():
    (task,) = json.loads(written(WITH_MARY, "label-studio"))
    (result,) = task["predictions"][0]["result"]
    assert result["value"] == {"start": 3, "end": 7, "text": "Mara", "labels": ["CITY"]}
    assert (result["from_name"], result["to_name"], result["type"]) == ("label", "text", "labels")
    task["annotations"] = [{"result": [result | {"value": {"start": 0, "end": 2, "labels": ["PERSON"]}}]}]
    (found,) = formats.read(io.StringIO(json.dumps([task])), "label-studio")
    assert bare(found) == [(0, 2, "PERSON")]
    (found,) = formats.read(io.StringIO('[{"data": {"text": "Mary"}}]'), "label-studio")
    assert (found.text, len(found)) == ("Mary", 0)


# --- CoNLL -----------------------------------------------------------------------------------------------------------


def test_conll():
    text = "  «Berkarar» Mara\n\nbardy.\tOl Mary, Aşgabat gördi. 5 adam\u00a0bar.\nHawa\n"
    marked = [
        MARY.__class__(text[s:e], label, s, e) for s, e, label in [(3, 11, "SHIP"), (29, 33, "CITY"), (35, 42, "CITY")]
    ]
    assert TaggedText.of(text, marked).to_conll() == (
        r"""-DOCSTART- -X- SpacesBefore=\s\s O

« 2:3 SpaceAfter=No O
Berkarar 3:11 SpaceAfter=No B-SHIP
» 11:12 _ O
Mara 13:17 SpacesAfter=\n\n O

bardy 19:24 SpaceAfter=No O
. 24:25 SpacesAfter=\t O

Ol 26:28 _ O
Mary 29:33 SpaceAfter=No B-CITY
, 33:34 _ O
Aşgabat 35:42 _ B-CITY
gördi 43:48 SpaceAfter=No O
. 48:49 _ O

5 50:51 _ O
adam 52:56 SpacesAfter=\u00a0 O
bar 57:60 SpaceAfter=No O
. 60:61 SpacesAfter=\n O

Hawa 62:66 SpacesAfter=\n O

"""
    )


def test_conll_of_neighbours_and_words_cut_by_an_entity():
    tagged = TaggedText.of(
        "Moskwa-Berlin", [Entity("Mosk", "A", 0, 4), Entity("wa-", "A", 4, 7), Entity("Berlin", "B", 7, 13)]
    )
    rows = [line.split() for line in tagged.to_conll().splitlines()[2:-1]]
    assert [(row[0], row[3]) for row in rows] == [("Mosk", "B-A"), ("wa", "B-A"), ("-", "I-A"), ("Berlin", "B-B")]


def test_spacy_reads_our_conll():
    from spacy.training.converters import conll_ner_to_docs

    tagged = tag(" ".join(SENTENCES).replace("«", "").replace("»", ""))
    docs = list(conll_ner_to_docs(tagged.to_conll(), n_sents=0, no_print=True))
    found = [("".join(ent.text.split()), ent.label_) for doc in docs for ent in doc.ents]
    assert found == [("".join(e.text.split()), e.label) for e in tagged]
    assert len(found) >= 6


def test_conll_of_others():
    start = ["-DOCSTART- -X- O O", ""]
    words = ["EU NNP I-NP I-ORG", "Berlin NNP I-NP I-LOC", "Mary NNP I-NP B-LOC", "", "Ol\tO", ""]
    lines = [*start, *words, *start, "Mary I-LOC", ""]
    first, second = formats.read_conll(lines)
    assert first.text == "EU Berlin Mary\nOl"
    assert bare(first) == [(0, 2, "ORG"), (3, 9, "LOC"), (10, 14, "LOC")]
    assert (second.text, bare(second)) == ("Mary", [(0, 4, "LOC")])
    assert list(formats.read_conll([])) == []


# --- brat ------------------------------------------------------------------------------------------------------------


def test_brat():
    text = "Milli Goranmak\r\n  ministrligi\u2028we Mara"
    tagged = TaggedText.of(
        text, [Entity(text[:29], "BODY", 0, 29, id="mgm"), Entity("Mara", "CITY", 33, 37, "Mary", kb="x:1")]
    )
    assert tagged.to_brat().splitlines() == [
        "T1\tBODY 0 14;16 29\tMilli Goranmak   ministrligi",
        "N1\tReference T1 turkmen_ner:mgm\t",
        '#1\tAnnotatorNotes T1\t{"id": "mgm"}',
        "T2\tCITY 33 37\tMara",
        "N2\tReference T2 x:1\tMary",
        '#2\tAnnotatorNotes T2\t{"name": "Mary", "kb": "x:1"}',
    ]
    assert again(tagged, "brat") == tagged
    for line in tagged.to_brat().splitlines()[::3]:  # as brat checks it: the parts of the text, joined by a space
        _, places, shown = line.split("\t")
        parts = [part.split() for part in places.split(" ", 1)[1].split(";")]
        assert shown == " ".join(text[int(start) : int(end)] for start, end in parts)


def test_brat_after_people_worked_on_it(tmp_path):
    (tmp_path / "a.txt").write_bytes("Ol Mara bardy, Aşgabada däl.".encode())
    (tmp_path / "a.ann").write_bytes(
        "T2\tCITY 15 23\tAşgabada\nT1\tPERSON 3 7\tMara\nN1\tReference T1 Wikidata:Q5\tMary\n"
        "#1\tAnnotatorNotes T1\tadam ady\nR1\tNot Arg1:T1 Arg2:T2\t\nN2\tReference T2 turkmen_ner:asgabat\tAşgabat\n"
        "A1\tSure T1\n*\tEquiv T1 T2\n#2\tAnnotatorNotes R1\t{}\n#3\tAnnotatorNotes T2\t[5]\n".encode()
    )
    (found,) = formats.read_brat(tmp_path / "a.ann")
    assert [(e.text, e.label, e.name, e.id, e.kb) for e in found] == [
        ("Mara", "PERSON", "Mary", "", "Wikidata:Q5"),
        ("Aşgabada", "CITY", "Aşgabat", "asgabat", ""),
    ]
    assert list(formats.read_brat(tmp_path)) == [found]


def test_files_of_brat_are_called_like_the_texts(tmp_path):
    names = ["a/x.txt", "b/x.txt", "x-2.txt", "news.jsonl:3", "-", "..", "", "a b*c.d.txt", "C:\\d\\y.txt"]
    formats.write([WITH_MARY] * len(names), "brat", tmp_path, names=names)
    found = sorted(path.stem for path in tmp_path.glob("*.ann"))
    assert found == sorted(["x", "x-2", "x-2-2", "news-3", "text", "text-2", "text-3", "a_b_c.d", "y"])
    assert len(list(formats.read_brat(tmp_path))) == len(names)


# --- DocBin, data frames ---------------------------------------------------------------------------------------------


def test_docbin_has_lemmas_where_the_document_is_at_hand():
    (doc,) = DocBin().from_bytes(written(tag(SENTENCES[0]), "docbin")).get_docs(spacy.blank("tk").vocab)
    assert [(token.lemma_, str(token.morph)) for token in doc if token.text == "Bengazide"] == [("Bengazi", "Case=Loc")]


def test_documents_of_entities_that_cut_tokens():
    tagged = TaggedText.of("Ol  BMG-niň\nwekili", [Entity("BMG", "BODY", 4, 7, "BMG"), Entity("-ni", "X", 7, 10)])
    assert tagged.doc.text == tagged.text
    assert [(ent.text, ent.label_) for ent in tagged.doc.ents] == [("BMG", "BODY"), ("-ni", "X")]
    assert TaggedText(tagged.doc) == tagged


def test_frame():
    frame = tag(SENTENCES[0]).to_frame()
    assert list(frame.columns) == list(tag(SENTENCES[0]).to_dicts()[0])
    assert frame.loc[frame.label == "CITY", "name"].tolist() == ["Bengazi"]
    assert frame["start"].sum() == 0 + 14 + 24
    empty = tag("").to_frame()
    assert list(empty.columns) == list(frame.columns)
    assert (empty["start"].dtype, empty["listed"].dtype) == ("int64", "bool")


def test_frame_without_pandas(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[pandas\]'"):
        WITH_MARY.to_frame()


def test_pandas_reads_our_csv():
    tagged = TaggedText.of(
        'NA, "Mary"\r\nx', [Entity("NA", "NA", 0, 2, "NaN"), Entity('"Mary"\r\nx', "CITY", 4, 13, "=1,5")]
    )
    frame = pandas.read_csv(io.StringIO(written(tagged, "csv"), newline=""), keep_default_na=False)
    assert frame[["text", "label", "start", "name"]].to_numpy().tolist() == [
        ["NA", "NA", 0, "NaN"], ['"Mary"\r\nx', "CITY", 4, "=1,5"]
    ]  # fmt: skip


# --- HTML ------------------------------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2."""

    def luminance(color: str) -> float:
        parts = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", sorted({*COLORS.values(), OTHER}))
def test_marks_are_readable(ground):
    assert contrast(INK, ground) >= 4.5
    html = TaggedText.of(
        "Mara", [Entity("Mara", next((k for k, v in COLORS.items() if v == ground), "MEKDEP"), 0, 4)]
    ).to_html()
    assert f"background: {ground}; color: {INK}" in html


def test_pages_are_readable_in_light_and_dark():
    assert contrast(*LIGHT) >= 4.5
    assert contrast(*DARK) >= 4.5
    before, after = STYLE.split("@media (prefers-color-scheme: dark)")
    assert all(color in before for color in LIGHT)
    assert all(color in after for color in DARK)
    page = WITH_MARY.to_html(page=True)
    assert STYLE in page
    assert '<meta charset="utf-8">' in page


def test_every_label_of_ours_has_a_colour():
    from turkmen_ner.patterns.reader import LABELS
    from turkmen_ner.pipeline.component import SCHEMES

    assert {*LABELS, *SCHEMES["ontonotes"].values(), *SCHEMES["conll"].values()} == set(COLORS)


def test_html_escapes_labels_names_and_titles():
    evil = "<script>\"'{}&"
    tagged = TaggedText.of("Mara", [Entity("Mara", evil, 0, 4, name=evil, id=evil)])
    html = tagged.to_html()
    assert "<script" not in html
    assert "&lt;script&gt;&quot;&#x27;{}&amp;</span>" in html
    page = written(TaggedText.of("", []), "html")
    assert "<h2>a.txt</h2>" in page
    out = io.StringIO()
    formats.write([tagged], "html", out, names=["<script>"])
    assert "<script" not in out.getvalue()


def test_html_shows_base_form_and_id_under_the_pointer():
    assert 'title="Mary · Dat · geonames:1"' in WITH_MARY.to_html()


# --- the documentation -----------------------------------------------------------------------------------------------


def test_the_table_of_the_documentation():
    lines = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")][2:]
    told = {row[0]: (row[1] == "yes", row[2] == "all fields", row[3] == "yes", row[4] == "all texts") for row in rows}
    assert told == {
        name: (form.text, form.all_fields, form.read is not None, form.kind == "bytes")
        for name, form in FORMATS.items()
    }


def test_the_examples_of_the_documentation():
    told = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    out = io.StringIO()
    formats.write([tag("Ol Bengazide boldy.")], "conll", out, names=["1.txt"])
    shown = re.sub(r"yaml:\d+", "yaml:432", out.getvalue().rstrip())
    assert f"```\n{shown}\n```" in told
    assert turkmen_ner.tag("Halife Haftar Mara bardy.")[1].name == "Mary"
