"""The command `turkmen-ner` as a whole: its help, its examples, wrong usage."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from commands import COMMAND, MINE, TEXT, run

from turkmen_ner._version import __version__
from turkmen_ner.cli.app import app


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


@pytest.mark.parametrize("arguments", [["tag", "--format", "xml"], ["tag", "--labels", "x"], ["tagg"], ["explain"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert run(app, arguments).exit_code == 2


def test_as_a_program(article: Path) -> None:
    done = subprocess.run([*COMMAND, "tag", str(article)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[1].startswith("Bengazide")
    assert done.stderr == ""
