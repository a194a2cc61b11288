"""What the tests of the command line share."""

import sys

from typer.testing import CliRunner

TEXT = "Ol Bengazide Halife Haftar bilen gürleşdi."
HEAD = "# about: a test\n# source: made up\n# licence: MIT\n# date: 2026-11-22\n# count: 1\n"
MINE = HEAD + "label: CITY\npatterns:\n  - {id: norgil, pattern: Norgil}\n"

run = CliRunner().invoke
COMMAND = [sys.executable, "-m", "turkmen_ner.cli"]
