"""docs/universe.json, the entry for spaCy Universe: has the keys that are asked for, and its example runs."""

import contextlib
import io
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENTRY = ROOT / "docs" / "universe.json"

# https://github.com/explosion/spaCy/blob/master/website/UNIVERSE.md
KEYS = {
    "id": str, "title": str, "slogan": str, "description": str, "github": str, "pip": str, "code_example": list,
    "code_language": str, "author": str, "author_links": dict, "category": list, "tags": list,
}  # fmt: skip


@pytest.fixture(scope="module")
def entry():
    if not ENTRY.exists():
        pytest.skip("needs the project's folder")
    return json.loads(ENTRY.read_text(encoding="utf8"))


def test_keys(entry):
    assert {key: type(value) for key, value in entry.items()} == KEYS
    assert all(entry.values())
    assert len(entry["slogan"]) < 80
    assert set(entry["author_links"]) <= {"github", "twitter", "website"}


def test_name_is_that_of_the_project(entry):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf8")
    assert entry["id"] == entry["pip"] == re.search(r'^name = "(\w+)"$', text, re.MULTILINE)[1]


def test_example_prints_what_its_comments_say(entry):
    lines = entry["code_example"]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec("\n".join(lines), {})
    assert printed.getvalue().splitlines() == [line.removeprefix("# ") for line in lines if line.startswith("#")]
    assert len(printed.getvalue().splitlines()) == 2
