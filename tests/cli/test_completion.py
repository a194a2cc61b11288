"""Completion in the shell."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

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
