"""The README does what it says: its Python blocks run, and print what stands below them."""

import contextlib
import io
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_blocks_of_the_readme(tmp_path, monkeypatch):
    blocks = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf8"))
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    compared = 0
    for number, (language, body) in enumerate(blocks):
        if language == "yaml":
            (tmp_path / "my.yaml").write_text(body, encoding="utf8")
        if language != "python":
            continue
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(body, f"README.md, block {number + 1}", "exec"), names)
        follows = blocks[number + 1] if number + 1 < len(blocks) else ("none", "")
        if "print(" in body and follows[0] == "":
            assert printed.getvalue() == follows[1]
            compared += 1
    assert compared == 2
    found = names["turkmen_ner"].tag("Merdan Orazowyň öýi Awşarda, Milletler Guramasynda, TDH-da.", nlp=names["nlp"])
    assert [e.id for e in found if e.listed] == ["merdan-orazow", "awsar", "un"]


def test_make_targets_of_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf8")
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf8"), re.MULTILINE))
    assert {"demo", "test"} <= set(re.findall(r"^make (\w+)", readme, re.MULTILINE)) <= targets
