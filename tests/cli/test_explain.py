"""`turkmen-ner explain`."""

from pathlib import Path

from commands import run

from turkmen_ner.cli.app import app


def test_explain(mine: Path) -> None:
    result = run(app, ["explain", "-p", str(mine), "Ol", "Norgilden", "geldi."])
    assert result.exit_code == 0
    assert result.stdout.startswith("Norgilden  [3:12]  CITY  Norgil\n")
    assert "mine.yaml:8 norgil" in result.stdout
    assert run(app, ["explain", "-p", str(mine), "-"], input="Ol Norgilden geldi.").stdout == result.stdout
