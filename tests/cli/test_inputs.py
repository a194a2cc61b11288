"""Texts, as all commands read them."""

import json
from pathlib import Path

import pytest
from commands import run

from turkmen_ner.cli.app import app


@pytest.mark.parametrize("command", ["tag", "count"])
def test_json_lines_encodings_and_notation(command: str, tmp_path: Path) -> None:
    lines = [json.dumps({"body": text}, ensure_ascii=False) for text in ("[Aşgabatda|CITY].", "Ашгабатда.")]
    path = tmp_path / "a.json"
    path.write_bytes("\n".join(lines).encode("utf-16"))
    options = ["--input-field", "body", "--notation", "-f", "jsonl"]
    result = run(app, [command, *options, str(path)])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    if command == "tag":
        assert [(row["file"], row["text"]) for row in rows] == [
            (f"{path}:1", "Aşgabatda."),
            (f"{path}:2", "Ашгабатда."),
        ]
        assert [row["entities"][0]["name"] for row in rows] == ["Aşgabat", "Aşgabat"]
    else:
        assert [(row["name"], row["mentions"]) for row in rows] == [("Aşgabat", 2)]
    piped = run(app, [command, *options, "--encoding", "windows-1251"], input=lines[1].encode("cp1251"))
    (row,) = [json.loads(line) for line in piped.stdout.splitlines()]
    assert "Aşgabat" in (row.get("name"), *[entity["name"] for entity in row.get("entities", ())])


def test_suggest_and_explain_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Bu barada sözçi [Nurdan Weliçko|PERSON] aýtdy.".encode("utf-16"))
    assert "pattern: Nurdan Weliçko" in run(app, ["suggest", "--notation", str(path)]).stdout
    explained = run(app, ["explain", "--encoding", "cp1251", "-"], input="Ашгабатда.".encode("cp1251"))
    assert explained.stdout.startswith("Ашгабатда  [0:9]  CITY  Aşgabat")
    wrong = run(app, ["explain", "-"], input=b"\xff")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert "standard input: byte 0 is not UTF-8" in wrong.stderr


def test_a_lone_surrogate_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "\\ud83d Bengazide, Weliç\\ud83dko bilen."}', encoding="utf-8")
    assert (
        json.loads(run(app, ["tag", "-f", "jsonl", str(path)]).stdout)["text"]
        == "\ud83d Bengazide, Weliç\ud83dko bilen."
    )
    for command in (["tag"], ["count", "-f", "jsonl"], ["suggest"]):
        assert run(app, [*command, str(path)]).exit_code == 0
