"""What SECURITY.md promises, watched from inside a process by Python's audit events."""

import json
import os
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.serialization import SAVED, pack, restore

FILE = """
label: SHIP
patterns:
  - {id: berkarar, pattern: Berkarar, aliases: [/etc/passwd, ../../x, "__import__('os')"]}
  - id: numbered
    pattern: [{TEXT: {REGEX: "^[A-Z]+-\\\\d+$"}}]
    before: [gämi]
"""

WATCHED = """
import json, sys
import turkmen_ner, turkmen_ner.api, turkmen_ner.recognition.explanation, turkmen_ner.patterns.shipped
turkmen_ner.tag("Aşgabat")
seen = []
OWN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.", "http.", "pickle.")
def hook(event, args):
    if event.startswith(OWN) or event in ("os.remove", "os.rename", "os.mkdir"):
        seen.append([event, repr(args)[:200]])
    if event == "open":
        mode, flags = args[1] or "r", args[2]
        path = str(args[0])
        if set(mode) & set("wax+") or flags & 3 or not path.endswith((".yaml", ".txt", ".py", ".pyc")):
            seen.append([event, repr(args)[:200]])
sys.addaudithook(hook)
nlp = turkmen_ner.load(patterns=[sys.argv[1]])
found = turkmen_ner.tag("«Berkarar» gämisi portda. Ol http://example.com barada gürleşdi. gämi AB-12 geldi.", nlp=nlp)
turkmen_ner.explain("Ol Awşarda ýaşaýar.", nlp=nlp)
found.to_html()
print(json.dumps([[e.text for e in found], seen]))
"""


def test_loading_and_tagging_touch_nothing_else(tmp_path):
    (tmp_path / "strange.yaml").write_text(FILE, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WATCHED, str(tmp_path / "strange.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    names, seen = json.loads(done.stdout)
    assert {"Berkarar", "AB-12"} <= set(names)
    assert seen == []


@pytest.mark.parametrize(
    "tagged", ["!!python/object/apply:os.system [touch was-run]", "!!python/name:os.system", "!own {a: b}", "&a [x]"]
)
def test_tags_and_anchors_are_refused(tagged, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path("strange.yaml")
    path.write_text(f"label: CITY\npatterns:\n  - id: x\n    pattern: {tagged}\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"strange\.yaml:4: found the (tag|anchor)"):
        turkmen_ner.load(patterns=[path])
    assert os.listdir() == ["strange.yaml"]


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("was-run",)


def test_saved_patterns_are_not_unpickled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    array = {b"nd": True, b"kind": b"O", b"type": b"O", b"shape": (1,), b"data": pickle.dumps([Bomb()])}
    with pytest.raises(PatternError, match="OBJECT array"):
        restore(pack(SAVED, array))
    assert os.listdir() == []


def test_every_promise_has_a_test():
    """The tables of SECURITY.md name, for each promise, tests that exist."""
    root = Path(__file__).parents[2]
    lines = (root / "SECURITY.md").read_text("utf8").splitlines()
    table = [line for line in lines if line.startswith("| ") and not line.startswith("| promised ")]
    assert len(table) > 8
    sources = "".join(path.read_text("utf8") for path in (root / "tests").rglob("test_*.py"))
    for row in table:
        names = re.findall(r"`(test_\w+)`", row.rpartition(" | ")[2])
        assert names, row
        assert [name for name in names if f"def {name}(" not in sources] == []
