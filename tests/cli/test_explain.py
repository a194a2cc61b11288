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


def test_a_stop_list_and_what_was_removed(tmp_path: Path) -> None:
    """A plain list and a YAML file, through the option that all commands have."""
    (tmp_path / "never.txt").write_text("# label: NONE\nNorgil\n", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("remove:\n  - tdh\n", encoding="utf-8")
    text = "Ol Norgilden we TDH-dan geldi."
    assert run(app, ["tag", "-p", str(tmp_path)], input=text).stdout.split("\n")[1:] == [""]
    shown = run(app, ["explain", "-p", str(tmp_path), text]).stdout
    assert "never to be found: a form of never.txt:2 never.norgil" in shown
    assert "removed: a form of bodies-turkmenistan.yaml:" in shown
