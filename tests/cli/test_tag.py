"""`turkmen-ner tag`."""

import json
import os
import sys
from pathlib import Path

import pytest
from commands import TEXT, run

import turkmen_ner
from turkmen_ner import formats
from turkmen_ner.cli.app import app
from turkmen_ner.cli.options import Format


def test_a_table_has_a_line_for_each_name(article: Path) -> None:
    result = run(app, ["tag", str(article)])
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["text", "label", "name", "case", "id", "source"]
    assert lines[1][:5] == ["Bengazide", "CITY", "Bengazi", "Loc", "benghazi-ly"]
    assert lines[1][5].startswith("cities.yaml:")
    assert lines[2][:3] == ["Halife", "Haftar", "PERSON"]
    assert len(lines) == 3


@pytest.mark.parametrize("arguments", [[], ["-"]])
def test_without_a_file_the_text_comes_from_standard_input(arguments: list[str]) -> None:
    result = run(app, ["tag", "--format", "jsonl", *arguments], input=TEXT)
    document = json.loads(result.stdout)
    assert document["file"] == "-"
    assert [e["text"] for e in document["entities"]] == ["Bengazide", "Halife Haftar"]


def test_jsonl_has_a_line_for_each_file(article: Path) -> None:
    result = run(app, ["tag", "-f", "jsonl", str(article), str(article)])
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [d["file"] for d in documents] == [str(article)] * 2
    entity = documents[0]["entities"][0]
    assert documents[0]["text"][entity["start"] : entity["end"]] == entity["text"] == "Bengazide"
    assert "gürleşdi" in result.stdout


def test_json_is_one_document(article: Path) -> None:
    documents = json.loads(run(app, ["tag", "-f", "json", str(article), str(article)]).stdout)
    assert [len(d["entities"]) for d in documents] == [2, 2]


def test_tables_of_several_files_have_titles(article: Path) -> None:
    lines = run(app, ["tag", str(article), str(article)]).stdout.splitlines()
    assert lines.count(str(article)) == 2


def test_labels_of_another_scheme(article: Path) -> None:
    document = json.loads(run(app, ["tag", "-f", "jsonl", "--labels", "ontonotes", str(article)]).stdout)
    assert [e["label"] for e in document["entities"]] == ["GPE", "PERSON"]


def test_patterns_of_ones_own_and_no_inference(mine: Path) -> None:
    text = "Bu gün wezir Nurdan Weliçko Norgilden geldi."
    found = json.loads(run(app, ["tag", "-f", "jsonl", "-p", str(mine), "--no-infer"], input=text).stdout)
    assert [(e["text"], e["id"]) for e in found["entities"]] == [("Norgilden", "norgil")]
    inferred = json.loads(run(app, ["tag", "-f", "jsonl", "-p", str(mine)], input=text).stdout)
    assert [e["text"] for e in inferred["entities"]] == ["Nurdan Weliçko", "Norgilden"]


def test_notation_is_taken_off() -> None:
    marked = "Ol [Bengazide|CITY|Bengazi|Loc] boldy."
    document = json.loads(run(app, ["tag", "-f", "jsonl", "--notation"], input=marked).stdout)
    assert document["text"] == "Ol Bengazide boldy."
    result = run(app, ["tag", "--notation"], input="Ol [Bengazide|CITY boldy.")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "column 4: a bracket that is never closed" in result.stderr


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bom.txt"
    path.write_bytes(b"\xef\xbb\xbfBengazi")
    assert json.loads(run(app, ["tag", "-f", "jsonl", str(path)]).stdout)["text"] == "Bengazi"


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("latin.txt", "latin.txt: byte 2 is not UTF-8"), ("nowhere.txt", "nowhere.txt: no such file")],
)
def test_a_file_that_cannot_be_read(name: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes(b"Gy\xfe")
    result = run(app, ["tag", str(tmp_path / name)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


def test_standard_input_that_is_not_utf8() -> None:
    result = run(app, ["tag"], input=b"\xff")
    assert result.exit_code == 1
    assert "standard input: byte 0 is not UTF-8" in result.stderr


def test_wrong_patterns_are_reported(mine: Path, tmp_path: Path) -> None:
    mine.write_text("patterns:\n  - {patern: Norgil}\n", encoding="utf-8")
    result = run(app, ["tag", "-p", str(mine)], input=TEXT)
    assert result.exit_code == 1
    assert "mine.yaml:2:" in result.stderr
    result = run(app, ["tag", "-p", str(tmp_path / "nowhere.yaml")], input=TEXT)
    assert result.exit_code == 1
    assert "nowhere.yaml: no such file" in result.stderr


def expected(folder: Path, form: str) -> bytes:
    paths = sorted(str(path) for path in folder.rglob("*.txt"))
    found = [turkmen_ner.tag(Path(path).read_text(encoding="utf-8")) for path in paths]
    formats.write(map(of_entities, found), form, folder.parent / "expected", names=paths)
    return (folder.parent / "expected").read_bytes()


def of_entities(found: turkmen_ner.TaggedText) -> turkmen_ner.TaggedText:
    return turkmen_ner.TaggedText.of(found.text, found)  # as tag_many gives it, without a Doc


def test_every_form_is_offered() -> None:
    assert [form.value for form in Format] == ["table", *formats.FORMATS]


@pytest.mark.parametrize("form", [form for form in formats.FORMATS if form not in ("brat", "xlsx")])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_every_form_is_that_of_the_library(form: str, jobs: str, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run(app, ["tag", str(folder), "-f", form, "-o", str(out), "-j", jobs])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    if form == "docbin":  # it keeps its strings in a set
        assert list(formats.read(out, form)) == [turkmen_ner.tag(t) for t in (TEXT, "Mary welaýaty.", "")]
        return
    assert out.read_bytes() == expected(folder, form)
    printed = run(app, ["tag", str(folder), "--format", form]).stdout_bytes
    assert printed == out.read_bytes()


def test_brat_is_a_folder(folder: Path, tmp_path: Path) -> None:
    assert run(app, ["tag", str(folder), "-f", "brat", "-o", str(tmp_path / "out" / "deep")]).exit_code == 0
    found = list(formats.read_brat(tmp_path / "out" / "deep"))
    assert found == [turkmen_ner.tag(t) for t in (TEXT, "Mary welaýaty.", "")]


def test_a_table_in_a_file_is_not_cut(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    result = run(app, ["tag", str(folder), "-o", str(tmp_path / "out")])
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    assert (result.exit_code, result.stdout) == (0, "")
    assert lines[0] == str(folder / "a.txt")
    assert lines[3].startswith("Halife Haftar  PERSON")
    assert not any("…" in line for line in lines)


@pytest.mark.parametrize(
    ("options", "code", "complaint"),
    [
        (["-f", "docbin"], 2, "docbin needs --output"),
        (["-f", "brat"], 2, "brat needs --output"),
        (["-o", "{article}"], 2, "is among the texts"),
        (["-o", "{folder}/no/such/out"], 1, "no/such/out: cannot be written (No such file"),
        (["-f", "csv", "-o", "{folder}"], 1, "cannot be written (Is a directory)"),
        (["-f", "brat", "-o", "{article}/x"], 1, "cannot be written (Not a directory)"),
        (["--encoding", "klingon"], 2, "is not known"),
        (["--encoding", "rot13"], 2, "is not known"),
        (["-j", "0"], 2, "expected 1 or more"),
    ],
)
def test_outputs_that_cannot_be(options: list[str], code: int, complaint: str, article: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    given = [option.format(article=article, folder=tmp_path / "folder") for option in options]
    result = run(app, ["tag", str(article), *given])
    assert (result.exit_code, result.stdout) == (code, "")
    assert complaint in " ".join(result.stderr.split())
    assert article.read_text(encoding="utf-8") == TEXT


def test_a_text_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"Bengazi \xff")
    result = run(app, ["tag", str(folder), "-f", "jsonl"])
    assert result.exit_code == 1
    assert [Path(json.loads(line)["file"]).name for line in result.stdout.splitlines()] == ["a.txt", "b.txt", "c.txt"]
    assert result.stderr.startswith(f"{folder / 'b.txt'}: byte 8 is not UTF-8")
    assert result.stderr.count("\n") == 1
    for command in ("count", "suggest"):
        stopped = run(app, [command, str(folder)])
        assert (stopped.exit_code, stopped.stdout) == (1, "")


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    for name in ("a\x1b[2J.txt", "b.txt"):
        (tmp_path / name).write_text("Ol Mara\x1b[2J bardy.", encoding="utf-8")
    result = run(app, ["tag", str(tmp_path)])
    assert result.exit_code == 0
    assert str(tmp_path / "a [2J.txt") in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_files_with_names_that_are_no_unicode(tmp_path: Path) -> None:
    for name, data in ((b"gy\xfe.txt", TEXT.encode()), (b"bad\xfe.txt", b"\xff")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(data)
    for form in ["table", *formats.FORMATS]:
        options = (
            ["-o", str(tmp_path.parent / f"{tmp_path.name}-out-{form}")] if form in ("brat", "docbin", "xlsx") else []
        )
        result = run(app, ["tag", str(tmp_path), "-f", form, *options])
        assert result.exit_code == 1
        assert "bad\\udcfe.txt: byte 0 is not UTF-8" in result.stderr
        assert result.stderr.count("\n") == 1
        result.stdout_bytes.decode("utf-8")
