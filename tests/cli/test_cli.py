"""The command `turkmen-ner`."""

import json
import os
import re
import shlex
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner import formats
from turkmen_ner._version import __version__
from turkmen_ner.cli.app import app
from turkmen_ner.cli.console import table
from turkmen_ner.cli.options import Format

TEXT = "Ol Bengazide Halife Haftar bilen gürleşdi."
HEAD = "# about: a test\n# source: made up\n# licence: MIT\n# date: 2026-11-22\n# count: 1\n"
MINE = HEAD + "label: CITY\npatterns:\n  - {id: norgil, pattern: Norgil}\n"

run = CliRunner().invoke
COMMAND = [sys.executable, "-m", "turkmen_ner.cli"]


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


COMMANDS = ["tag", "check", "compile", "explain", "count", "suggest", "evaluate"]


def examples() -> list[str]:
    """The commands that stand in the help texts."""
    lines = [line.strip() for command in COMMANDS for line in run(app, [command, "--help"]).stdout.splitlines()]
    return [line for line in lines if re.match(r"(echo .*\| )?turkmen-ner ", line)]


def test_every_command_has_an_example() -> None:
    for command in COMMANDS:
        assert any(f"turkmen-ner {command} " in f"{line} " for line in examples())


@pytest.mark.parametrize("line", examples())
def test_the_examples_of_the_help_run(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if " evaluate " in line:  # says on standard error what it leaves out
        pytest.importorskip("nervaluate")
    monkeypatch.chdir(tmp_path)
    for name in ("article.txt", "articles/1.txt", "seeds/1.txt"):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text("[Halife Haftar|PERSON] geldi." if "seeds" in name else TEXT, encoding="utf-8")
    for name in ("my.yaml", "mine.yaml"):
        Path(name).write_text(MINE, encoding="utf-8")
    run(app, ["compile", "my.yaml", "--output", "my.msgpack"])
    record = {"text": TEXT, "body": TEXT, "spans": [[3, 12, "CITY"]]}
    for name in ("news.jsonl", "articles.jsonl", "gold.jsonl"):
        Path(name).write_text(json.dumps(record), encoding="utf-8")
    before, _, command = line.rpartition(" | ")
    words = shlex.split(command.partition(" > ")[0])[1:]
    given = [name for word in words for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]
    result = run(app, given, input=before.removeprefix("echo "))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout or Path(words[words.index("--output") + 1]).stat().st_size


def test_help_and_completion_wait_for_no_spacy() -> None:
    program = "import sys, turkmen_ner.cli; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


# --- compile -------------------------------------------------------------------------------------------------------


def test_compiled_patterns_find_names(mine: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.msgpack"
    result = run(app, ["compile", str(mine), "-o", str(target), "--no-shipped"])
    assert (result.exit_code, result.stdout) == (0, f"{target}: 1 entry\n")
    result = run(app, ["tag", "-p", str(target), "-f", "jsonl"], input="Ol Norgilde boldy.")
    assert json.loads(result.stdout)["entities"][0]["id"] == "norgil"


@pytest.mark.parametrize(
    ("name", "target", "code", "says"),
    [
        ("mine.yaml", "mine.bin", 2, "ends in .msgpack"),
        ("other.yaml", "mine.msgpack", 1, "other.yaml: no such file or folder"),
        ("bad.yaml", "mine.msgpack", 1, "bad.yaml:1:"),
        ("mine.yaml", "mine.yaml/mine.msgpack", 1, "mine.yaml/mine.msgpack: "),
    ],
)
def test_what_cannot_be_compiled(mine, monkeypatch, name: str, target: str, code: int, says: str) -> None:
    monkeypatch.chdir(mine.parent)
    Path("bad.yaml").write_text("patterns: 5\n", encoding="utf-8")
    result = run(app, ["compile", name, "--output", target])
    assert result.exit_code == code
    assert says in result.stderr
    assert not Path("mine.msgpack").exists()


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


# --- forms of output, inputs -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("a.txt", TEXT), ("deep/b.txt", "Mary welaýaty."), ("deep/c.txt", "")):
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text(text, encoding="utf-8")
    return tmp_path / "texts"


def expected(folder: Path, form: str) -> bytes:
    paths = sorted(str(path) for path in folder.rglob("*.txt"))
    found = [turkmen_ner.tag(Path(path).read_text(encoding="utf-8")) for path in paths]
    formats.write(map(of_entities, found), form, folder.parent / "expected", names=paths)
    return (folder.parent / "expected").read_bytes()


def of_entities(found: turkmen_ner.TaggedText) -> turkmen_ner.TaggedText:
    return turkmen_ner.TaggedText.of(found.text, found)  # as tag_many gives it, without a Doc


def test_every_form_is_offered() -> None:
    assert [form.value for form in Format] == ["table", *formats.FORMATS]


@pytest.mark.parametrize("form", [form for form in formats.FORMATS if form != "brat"])
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


@pytest.mark.parametrize("command", ["tag", "count"])
def test_json_lines_encodings_and_notation(command: str, tmp_path: Path) -> None:
    lines = [json.dumps({"body": text}, ensure_ascii=False) for text in ("[Aşgabatda|CITY].", "Ашгабатда.")]
    path = tmp_path / "a.json"
    path.write_bytes("\n".join(lines).encode("utf-16"))
    options = ["--input-field", "body", "--notation", "-f", "jsonl"]
    result = run(app, [command, *options, str(path)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    if command == "tag":
        assert [(row["file"], row["text"]) for row in rows] == [
            (f"{path}:1", "Aşgabatda."),
            (f"{path}:2", "Ашгабатда."),
        ]
        assert [row["entities"][0]["name"] for row in rows] == ["Aşgabat", "Aşgabat"]
    else:
        assert [(row["name"], row["mentions"]) for row in rows] == [("Aşgabat", 2)]
    piped = run(app, [command, *options, "--encoding", "windows-1251"], input=lines[1].encode("cp1251"))
    (row,) = [json.loads(line) for line in piped.stdout.splitlines()]
    assert "Aşgabat" in (row.get("name"), *[entity["name"] for entity in row.get("entities", ())])


def test_suggest_and_explain_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Bu barada sözçi [Nurdan Weliçko|PERSON] aýtdy.".encode("utf-16"))
    assert "pattern: Nurdan Weliçko" in run(app, ["suggest", "--notation", str(path)]).stdout
    told = run(app, ["explain", "--encoding", "cp1251", "-"], input="Ашгабатда.".encode("cp1251"))
    assert told.stdout.startswith("Ашгабатда  [0:9]  CITY  Aşgabat")
    wrong = run(app, ["explain", "-"], input=b"\xff")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "standard input: byte 0 is not UTF-8" in wrong.stderr


def test_half_of_a_surrogate_pair_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "\\ud83d Bengazide, Weliç\\ud83dko bilen."}', encoding="utf-8")
    assert (
        json.loads(run(app, ["tag", "-f", "jsonl", str(path)]).stdout)["text"]
        == "\ud83d Bengazide, Weliç\ud83dko bilen."
    )
    for command in (["tag"], ["count", "-f", "jsonl"], ["suggest"]):
        assert run(app, [*command, str(path)]).exit_code == 0


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
        options = ["-o", str(tmp_path.parent / f"{tmp_path.name}-out-{form}")] if form in ("brat", "docbin") else []
        result = run(app, ["tag", str(tmp_path), "-f", form, *options])
        assert result.exit_code == 1
        assert "bad\\udcfe.txt: byte 0 is not UTF-8" in result.stderr
        assert result.stderr.count("\n") == 1
        result.stdout_bytes.decode("utf-8")


# --- completion ------------------------------------------------------------------------------------------------------

NAMED = [sys.executable, "-c", "from turkmen_ner.cli import app; app(prog_name='turkmen-ner')"]


@pytest.mark.parametrize(
    ("shell", "words", "offered"),
    [
        ("bash", "turkmen-ner ", {"tag", "check", "explain", "count", "suggest", "evaluate"}),
        ("bash", "turkmen-ner ta", {"tag"}),
        ("bash", "turkmen-ner tag --format c", {"conll", "csv"}),
        ("bash", "turkmen-ner tag --inp", {"--input-field"}),
        ("bash", "turkmen-ner count --labels ", {"turkmen", "ontonotes", "conll"}),
        ("fish", "turkmen-ner tag --format label", {"label-studio"}),
    ],
)
def test_completion_offers(shell: str, words: str, offered: set[str]) -> None:
    protocol = {
        "_TURKMEN_NER_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": words,
        "COMP_CWORD": str(words.count(" ")),
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = subprocess.run(NAMED, env=os.environ | protocol, capture_output=True, encoding="utf-8", check=True)
    found = {line.partition("\t")[0] for line in done.stdout.split("\n") if line}
    assert found >= offered
    assert all(word.startswith(words.rpartition(" ")[2]) for word in found)
    assert len(found) == len(offered) or words == "turkmen-ner "
    assert done.stderr == ""


def test_completion_is_shown_and_installed(tmp_path: Path) -> None:
    here = os.environ | {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1", "HOME": str(tmp_path)}
    shown = subprocess.run(
        [*NAMED, "--show-completion", "bash"], env=here, capture_output=True, encoding="utf-8", check=True
    )
    assert "_TURKMEN_NER_COMPLETE=complete_bash" in shown.stdout
    subprocess.run([*NAMED, "--install-completion", "bash"], env=here, capture_output=True, check=True)
    scripts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert any("_TURKMEN_NER_COMPLETE=complete_bash" in script for script in scripts)


# --- as a program ----------------------------------------------------------------------------------------------------


def test_as_a_program(article: Path) -> None:
    done = subprocess.run([*COMMAND, "tag", str(article)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[1].startswith("Bengazide")
    assert done.stderr == ""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("options", ["", "-f jsonl -j 2", "-f csv", "-f json"])
def test_a_broken_pipe_is_no_traceback(options: str, article: Path) -> None:
    article.write_text((TEXT + "\n") * 3000, encoding="utf-8")
    script = f'"{sys.executable}" -m turkmen_ner.cli tag {options} "{article}" "{article}" | head -c 5'
    done = subprocess.run(["bash", "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert len(done.stdout) == 5
    assert done.stderr == ""


LINE = b'{"text": "Ol Bengazide boldy."}\n'


def test_results_come_before_the_input_ends() -> None:
    command = [*COMMAND, "tag", "--input-field", "text", "-f", "jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["file"] == f"-:{number}"
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_is_no_traceback(jobs: str) -> None:
    command = [*COMMAND, "tag", "--input-field", "text", "-f", "jsonl", "-j", jobs]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(LINE * 500)
        process.stdin.flush()
        assert process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.read()
        assert process.stderr.read() == b""
    assert process.returncode == 130


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_progress_bar_on_a_terminal_only(folder: Path, tmp_path: Path) -> None:
    import fcntl
    import termios

    command = [*COMMAND, "tag", str(folder), "-f", "jsonl"]
    piped = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert piped.stderr == ""

    def screen(*options: str, stdout: int | None = None) -> bytes:
        here, there = os.openpty()
        fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
        with os.fdopen(here, "rb", buffering=0) as shown:
            subprocess.run([*command, *options], stdout=there if stdout is None else stdout, stderr=there, check=True)
            os.set_blocking(here, False)
            data = shown.read(100_000) or b""
            os.close(there)
        return data

    assert b"3text" in screen(stdout=subprocess.DEVNULL)
    assert b"3text" in screen("-o", str(tmp_path / "out"))
    results = screen()  # they show by themselves how far it is
    assert results.count(b'{"file"') == 3
    assert b"text/s" not in results
