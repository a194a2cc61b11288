"""Writing and reading files in every format, and what docs/formats.md says of them."""

import io
import json
import re
from pathlib import Path

import pytest
from tagged_texts import LINES, READABLE, SENTENCES, WITH_MARY, bare

import turkmen_ner
from turkmen_ner import TaggedText, formats, tag
from turkmen_ner.formats import FORMATS


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
    elif FORMATS[format].kind != "bytes":
        header = '"file","text","label","start","end","name","case","features","id","kb","source","listed","score",'
        header += '"main_name","sentence"'
        assert (tmp_path / "out").read_bytes().decode() == {
            "html": formats.html.HEAD + formats.html.FOOT,
            "csv": f"{header}\n",
            "excel-csv": f"\ufeff{header}\r\n",
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


def test_the_table_of_the_documentation():
    lines = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line[:1] == "|" and line.count("|") == 6
    ][2:]
    documented = {
        row[0]: (row[1] == "yes", row[2] == "all fields", row[3] == "yes", row[4] == "all texts") for row in rows
    }
    assert documented == {
        name: (form.text, form.all_fields, form.read is not None, form.kind == "bytes")
        for name, form in FORMATS.items()
    }


def test_the_examples_of_the_documentation():
    documented = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    out = io.StringIO()
    formats.write([tag("Ol Bengazide boldy.")], "conll", out, names=["1.txt"])
    shown = re.sub(r"yaml:\d+", "yaml:432", out.getvalue().rstrip())
    shown = re.sub(r"Score=0\.\d+", "Score=0.95", shown)  # fitted anew with the rules
    assert f"```\n{shown}\n```" in documented
    assert turkmen_ner.tag("Halife Haftar Mara bardy.")[1].name == "Mary"
