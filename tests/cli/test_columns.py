"""`turkmen-ner tag`: the persons of a folder with all their mentions, without Python."""

import csv
import io
import json
import os
import struct
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND, run

from turkmen_ner.cli.app import app
from turkmen_ner.formats import FORMATS

ONE = "Hakan Fidan Bakuwa bardy. Bu barada Fidan aýtdy.\n\nOl Marydan geldi."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "1.txt").write_text(ONE, encoding="utf-8")
    (tmp_path / "articles" / "2.txt").write_text("Haftar Bengazide.", encoding="utf-8")
    return tmp_path / "articles"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_persons_with_their_mentions(articles):
    result = run(app, ["tag", str(articles), "-l", "person", "-f", "csv"])
    assert result.exit_code == 0
    assert [(Path(r["file"]).name, r["text"], r["main_name"], r["sentence"]) for r in rows(result.stdout)] == [
        ("1.txt", "Hakan Fidan", "Hakan Fidan", "Hakan Fidan Bakuwa bardy."),
        ("1.txt", "Fidan", "Hakan Fidan", "Bu barada Fidan aýtdy."),
        ("2.txt", "Haftar", "Halife Haftar", "Haftar Bengazide."),  # the first form of the entry
    ]


def test_chosen_columns(articles):
    options = ["tag", str(articles), "--label", "CITY", "--label", "Person", "--columns", "main_name, label,start"]
    lines = [line.split() for line in run(app, options).stdout.splitlines()]
    assert lines[1] == ["main_name", "label", "start"]
    assert lines[3] == ["Baku", "CITY", "12"]
    as_csv = rows(run(app, [*options, "-f", "csv"]).stdout)
    assert list(as_csv[0]) == ["main_name", "label", "start"]
    assert [row["main_name"] for row in as_csv] == [
        "Hakan Fidan",
        "Baku",
        "Hakan Fidan",
        "Mary",
        "Halife Haftar",
        "Bengazi",
    ]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["-l", "PERSN"], "'PERSN' is no label here; did you mean PERSON? expected one of BODY"),
        (["-l", "x" * 9], "is no label here; expected one of BODY"),
        (["-l", "CITY", "--labels", "ontonotes"], "'CITY' is no label here;"),
        (["--columns", "mainname"], "'mainname' is no column; did you mean main_name? expected some of file"),
        (["--columns", ""], "'' is no column; expected some of file"),
        (["--columns", "name", "-f", "jsonl"], "jsonl has no columns to choose"),
        (["-f", "xlsx"], "xlsx needs --output PATH"),
    ],
)
def test_what_is_no_label_or_column(options, says):
    result = run(app, ["tag", ONE, *options])
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in " ".join(result.stderr.split())


@pytest.mark.parametrize("command", ["count", "suggest"])
def test_labels_in_any_case(command):
    assert run(app, [command, ONE, "-l", "person"]).stdout == run(app, [command, ONE, "-l", "PERSON"]).stdout != ""
    assert run(app, [command, ONE, "-l", "persons"]).exit_code == 2


def test_a_workbook(articles, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    out = tmp_path / "out.xlsx"
    (articles / "2.txt").write_text("=1+1\x0b \ud83d".encode("utf-8", "replace").decode() + ONE, encoding="utf-8")
    assert run(app, ["tag", str(articles), "-f", "xlsx", "-o", str(out)]).exit_code == 0
    book = openpyxl.load_workbook(out)
    found = list(book.active.iter_rows(values_only=True))
    header, first = found[0], dict(zip(found[0], found[1], strict=True))
    assert header[:3] == ("file", "text", "label")
    assert (first["text"], first["start"], first["listed"], first["sentence"]) == (
        "Hakan Fidan", 0, "True", "Hakan Fidan Bakuwa bardy."
    )  # fmt: skip
    assert {cell.data_type for row in book.active.iter_rows(min_row=2) for cell in row} <= {"s", "n", "inlineStr"}
    book.close()


def test_csv_that_a_spreadsheet_opens(tmp_path):
    out = tmp_path / "out.csv"
    assert (
        run(app, ["tag", "=Mara bardy", "-f", "excel-csv", "--columns", "sentence,name", "-o", str(out)]).exit_code == 0
    )
    assert out.read_bytes() == '\ufeff"sentence","name"\r\n"\'=Mara bardy","Mary"\r\n'.encode()


def test_tables_are_not_cut_in_a_pipe(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    long = tmp_path / ("x" * 150 + ".txt")
    long.write_text(ONE, encoding="utf-8")
    for command in (["tag", "--columns", "file,sentence"], ["count"]):
        text = long if command[0] == "tag" else long.rename(tmp_path / "short.txt")
        done = subprocess.run([*COMMAND, *command, str(text)], capture_output=True, encoding="utf-8", check=True)
        assert "…" not in done.stdout
    assert FORMATS["csv"].text is False


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_tables_fit_a_terminal_and_progress_has_a_total(articles):
    import fcntl
    import termios

    def screen(*command: str, out: int | None = None) -> str:
        here, there = os.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 60, 0, 0))
        environment = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
        with os.fdopen(here, "rb", buffering=0) as shown:
            subprocess.run([*COMMAND, *command], stdout=out or there, stderr=there, check=True, env=environment)
            os.set_blocking(here, False)
            data = shown.read(100_000) or b""
            os.close(there)
        return data.decode()

    lines = screen("tag", str(articles), "--columns", "file,sentence").splitlines()
    assert max(len(line) for line in lines if not line.endswith(".txt")) <= 60
    assert any("…" in line for line in lines)
    assert "2/2" in screen("tag", str(articles), out=subprocess.DEVNULL)
    assert "2/2" in screen("count", str(articles), out=subprocess.DEVNULL)


# --- one line --------------------------------------------------------------------------------------------------------


def test_a_text_in_quotes():
    lines = run(app, ["tag", "Halife Haftar Bengazide boldy."]).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["text", "Halife", "Bengazide"]
    (row,) = [json.loads(line) for line in run(app, ["tag", "-f", "jsonl", "Ol Mara bardy."]).stdout.splitlines()]
    assert (row["file"], row["text"]) == ("text", "Ol Mara bardy.")
    for missing in ("nowhere.txt", "no/where", "my article.docx"):
        result = run(app, ["tag", missing])
        assert (result.exit_code, result.stderr) == (1, f"{missing}: no such file or folder\n")


def test_explain_reads_a_file(articles):
    by_file = run(app, ["explain", str(articles / "2.txt")])
    assert by_file.stdout == run(app, ["explain", "Haftar", "Bengazide."]).stdout
    assert by_file.stdout.startswith("Haftar  [0:6]  PERSON")
    result = run(app, ["explain", "nowhere.txt"])
    assert (result.exit_code, result.stderr) == (1, "nowhere.txt: no such file or folder\n")
    assert run(app, ["explain", "Bengazide"]).stdout.startswith("Bengazide  [0:9]  CITY")
    assert len(run(app, ["explain", str(articles)]).stdout.split("\n\n")) > 1


def test_short_help_is_whole():
    lines = run(app, ["--help"]).stdout.splitlines()
    commands = [line for line in lines if line[2:].split(" ")[0] in ("tag", "check", "compile", "explain", "count")]
    assert len(commands) == 5
    assert all(line.endswith((".", "?")) for line in commands)


def test_a_file_of_a_list_is_read(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps([{"text": "Ol Mara bardy."}, {"text": 5}]), encoding="utf-8")
    result = run(app, ["tag", "-f", "jsonl", str(tmp_path / "x.json")])
    assert result.exit_code == 1
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["Ol Mara bardy."]
    assert "x.json:2: expected a JSON object with the key text, a string" in result.stderr
