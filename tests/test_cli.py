"""The command `turkmen-ner`."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from turkmen_ner import __version__
from turkmen_ner.cli import app
from turkmen_ner.console import table

TEXT = "Ol Bengazide Halife Haftar bilen gürleşdi."
HEAD = "# about: a test\n# source: made up\n# licence: MIT\n# date: 2026-11-22\n# count: 1\n"
MINE = HEAD + "label: CITY\npatterns:\n  - {id: norgil, pattern: Norgil}\n"

run = CliRunner().invoke


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_version() -> None:
    result = run(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"turkmen-ner {__version__}\n")


@pytest.mark.parametrize("command", ["tag", "check", "explain"])
def test_help_has_an_example(command: str) -> None:
    result = run(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"turkmen-ner {command}" in result.stdout


# --- tag -----------------------------------------------------------------------------------------------------------


def test_a_table_has_a_line_for_each_name(article: Path) -> None:
    result = run(app, ["tag", str(article)])
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert lines[0] == ["text", "label", "name", "case", "id", "source"]
    assert lines[1][:5] == ["Bengazide", "CITY", "Bengazi", "Loc", "benghazi-ly"]
    assert lines[1][5].startswith("cities.yaml:")
    assert lines[2][:3] == ["Halife", "Haftar", "PERSON"]
    assert len(lines) == 3


def test_a_table_fits_the_terminal(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = run(app, ["tag", str(article)]).stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert any("…" in line for line in lines)


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


@pytest.mark.parametrize("arguments", [["tag", "--format", "xml"], ["tag", "--labels", "x"], ["tagg"], ["explain"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(app, arguments).exit_code == 2


# --- check and explain -----------------------------------------------------------------------------------------------


def test_check_is_quiet_about_a_good_file(mine: Path) -> None:
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert (result.exit_code, result.stdout) == (0, "0 errors, 0 warnings\n")


def test_check_reports_and_fails(mine: Path) -> None:
    mine.write_text(MINE.replace("count: 1", "count: 3"), encoding="utf-8")
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert result.exit_code == 1
    assert result.stdout == f"{mine}:5: error: count: found 3, but there are 1, try 1\n"
    assert result.stderr == "1 error, 0 warnings\n"


def test_a_warning_does_not_fail(mine: Path) -> None:
    mine.write_text(MINE.replace("}", ", aliases: [Norgul, Norgul]}"), encoding="utf-8")
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert result.exit_code == 0
    assert ":8: warning: norgil (Norgul): stands in this entry twice" in result.stdout


def test_explain(mine: Path) -> None:
    result = run(app, ["explain", "-p", str(mine), "Ol", "Norgilden", "geldi."])
    assert result.exit_code == 0
    assert result.stdout.startswith("Norgilden  [3:12]  CITY  Norgil\n")
    assert "mine.yaml:8 norgil" in result.stdout
    assert run(app, ["explain", "-p", str(mine), "-"], input="Ol Norgilden geldi.").stdout == result.stdout


# --- the table -------------------------------------------------------------------------------------------------------


def test_columns_of_wide_and_combining_letters_line_up() -> None:
    lines = list(table(["a", "b"], [["Ma\u0301ry", "x"], ["東京", "y"]], 80))
    assert lines == ["a     b", "Ma\u0301ry  x", "東京  y"]


def test_no_column_is_cut_below_eight() -> None:
    lines = list(table(["a", "b"], [["x" * 20, "y" * 20]], 5))
    assert lines[1] == "xxxxxxx…  yyyyyyy…"


# --- as a program ----------------------------------------------------------------------------------------------------

COMMAND = [sys.executable, "-m", "turkmen_ner.cli"]


def test_as_a_program(article: Path) -> None:
    done = subprocess.run([*COMMAND, "tag", str(article)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[1].startswith("Bengazide")
    assert done.stderr == ""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_a_broken_pipe_is_no_traceback(article: Path) -> None:
    article.write_text((TEXT + "\n") * 3000, encoding="utf-8")
    script = f'"{sys.executable}" -m turkmen_ner.cli tag "{article}" | head -n 1'
    done = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("text ")
    assert done.stderr == ""
