"""No command destroys what it reads: files are compared, not paths, and results replace a file when they are whole."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from commands import COMMAND, MINE, TEXT, run

from turkmen_ner.cli.app import app

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    (tmp_path / "gold").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "gold" / name).write_text("Ol [Bengazide|CITY] boldy.", encoding="utf-8")
    return tmp_path / "gold"


def same(path: Path) -> Path:
    return path


def hard(path: Path) -> Path:
    other = path.parent.parent / "hard.txt"
    other.hardlink_to(path)
    return other


def soft(path: Path) -> Path:
    other = path.parent.parent / "soft.txt"
    other.symlink_to(path)
    return other


def around(path: Path) -> Path:
    return path.parent / ".." / path.parent.name / path.name


@pytest.mark.parametrize("way", [same, hard, soft, around])
@pytest.mark.parametrize("form", ["table", "jsonl", "docbin"])
def test_a_text_is_not_overwritten(gold, way, form):
    before = (gold / "a.txt").read_bytes()
    result = run(app, ["tag", str(gold), "-f", form, "-o", str(way(gold / "a.txt"))])
    assert result.exit_code == 2
    assert "is among the texts and patterns" in " ".join(result.stderr.split())
    assert (gold / "a.txt").read_bytes() == before


@pytest.mark.parametrize("other", [False, True])
def test_marked_texts_are_not_overwritten_by_brat(gold, other, tmp_path):
    """Also when another folder holds links to them."""
    out = gold
    if other:
        out = tmp_path / "out"
        out.mkdir()
        (out / "x.txt").symlink_to(gold / "a.txt")
    before = {path: path.read_bytes() for path in gold.iterdir()}
    result = run(app, ["tag", str(gold), "--notation", "-f", "brat", "-o", str(out)])
    assert result.exit_code == 2
    assert {path: path.read_bytes() for path in gold.iterdir()} == before
    assert run(app, ["tag", str(gold), "--notation", "-f", "brat", "-o", str(tmp_path / "new")]).exit_code == 0
    assert run(app, ["tag", str(gold), "--notation", "-f", "brat", "-o", str(tmp_path / "new")]).exit_code == 0  # again
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["a.ann", "a.txt", "b.ann", "b.txt"]


def test_patterns_are_not_overwritten(gold, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE, encoding="utf-8")
    (tmp_path / "mine.msgpack").hardlink_to(mine)
    for command in (
        ["tag", "-p", str(mine), "-o", str(tmp_path / "mine.msgpack"), str(gold)],
        ["tag", "-p", str(tmp_path), "-o", str(mine), str(gold / "a.txt")],
        ["compile", str(mine), "-o", str(tmp_path / "mine.msgpack")],
    ):
        assert run(app, command).exit_code == 2
        assert mine.read_text(encoding="utf-8") == MINE


def test_standard_input_and_output_are_files_as_well(gold):
    path = gold / "a.txt"
    before = path.read_bytes()
    with path.open("rb") as given:
        done = subprocess.run([*COMMAND, "tag", "-o", str(path)], stdin=given, capture_output=True)
    assert done.returncode == 2
    with path.open("ab") as out:
        done = subprocess.run([*COMMAND, "tag", str(path)], stdout=out, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert path.read_bytes() == before


def test_what_was_there_stays_when_the_command_fails(gold, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("before", encoding="utf-8")
    (gold / "deep.json").write_text("[]", encoding="utf-8")
    result = run(app, ["tag", str(gold), "-f", "jsonl", "-o", str(out), "--encoding", "utf-8", "-l", "nothing"])
    assert result.exit_code == 2
    assert out.read_text(encoding="utf-8") == "before"
    assert run(app, ["tag", str(gold), "-f", "jsonl", "-o", str(out)]).exit_code == 0
    assert len([json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gold", "out.jsonl"]


# --- results that cannot be written ----------------------------------------------------------------------------------


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize("command", [["tag"], ["tag", "-f", "jsonl"], ["count"], ["suggest"], ["explain"], ["--help"]])
def test_a_full_disk_is_one_sentence(command):
    given = [TEXT] if command[0] != "--help" else []
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*COMMAND, *command, *given], stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 1
    assert done.stderr == "standard output: cannot be written (No space left on device)\n"


@pytest.mark.parametrize(
    ("closing", "says"),
    [
        ("<&-", "standard input: found it closed, expected a text\n"),
        (f"{TEXT!r} >&-", "standard output: cannot be written (it is closed)\n"),
    ],
)
@pytest.mark.parametrize("command", ["tag", "count"])
def test_closed_streams_are_one_sentence(closing, says, command):
    line = " ".join(f"'{word}'" for word in COMMAND) + f" {command} {closing}"
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, encoding="utf-8")
    assert (done.returncode, done.stderr) == (1, says)


def test_names_of_files_cannot_forge_a_line(tmp_path):
    bad = tmp_path / "a\nerror: all is lost\x1b[2J.txt"
    bad.write_bytes(b"\xff")
    gone = str(tmp_path / "b\nc.txt")
    for command in (
        ["tag", str(bad)],
        ["tag", gone],
        ["count", str(bad)],
        ["tag", "-p", gone, TEXT],
        ["evaluate", gone],
    ):
        result = run(app, command)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert "\x1b" not in result.stderr
    result = run(app, ["check", "--no-shipped", str(bad)])
    assert "\x1b" not in result.output
    assert len(result.output.splitlines()) == 2
