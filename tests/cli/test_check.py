"""`turkmen-ner check`."""

from pathlib import Path

from commands import MINE, run

from turkmen_ner.cli.app import app


def test_check_is_quiet_about_a_good_file(mine: Path) -> None:
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert (result.exit_code, result.stdout) == (0, "0 errors, 0 warnings\n")


def test_check_reports_and_fails(mine: Path) -> None:
    mine.write_text(MINE.replace("count: 1", "count: 3"), encoding="utf-8")
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert result.exit_code == 1
    assert result.stdout == f"{mine}:5: error: count: found 3, but there are 1, try 1\n1 error, 0 warnings\n"
    assert result.stderr == ""


def test_a_warning_does_not_fail(mine: Path) -> None:
    mine.write_text(MINE.replace("}", ", aliases: [Norgul, Norgul]}"), encoding="utf-8")
    result = run(app, ["check", "--no-shipped", str(mine)])
    assert result.exit_code == 0
    assert ":8: warning: norgil (Norgul): stands in this entry twice" in result.stdout
