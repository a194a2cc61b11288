"""`turkmen-ner compile`."""

import json
from pathlib import Path

import pytest
from commands import run

from turkmen_ner.cli.app import app


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
