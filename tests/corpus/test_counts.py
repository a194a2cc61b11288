"""Counting entities over texts, and the command `count`."""

import csv
import io
import json
import os
import struct
import subprocess
import sys
import tracemalloc
from dataclasses import fields
from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli.app import app
from turkmen_ner.corpus.counts import EntityCount, base_key, count, tally
from turkmen_ner.display import excerpt, one_line

TEXTS = [
    "Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözleri TDH-da çykdy.",
    "Halife Haftar Bengazide boldy. Haftaryň sapary gysga.",
    "Ol Bengaziden gaýtdy. Sözçi Nurdan Weliçko Bengazi barada aýtdy.",
    "Şu gün howa salkyn.",
]
run = CliRunner().invoke


def row_of(rows: list[EntityCount], name: str) -> EntityCount:
    (row,) = [row for row in rows if row.name == name]
    return row


# --- the function ----------------------------------------------------------------------------------------------------


def test_listed_names_are_counted_by_id():
    rows = count(TEXTS)
    city = row_of(rows, "Bengazi")
    assert (city.id, city.label, city.mentions, city.documents, city.listed) == ("benghazi-ly", "CITY", 3, 2, True)
    assert city.forms == (("Bengazide", 1), ("Bengaziden", 1), ("Bengazi", 1))
    person = row_of(rows, "Halife Haftar")
    assert (person.id, person.mentions, person.documents) == ("khalifa-haftar", 2, 1)
    assert person.forms == (("Halife Haftar", 1), ("Haftaryň", 1))


def test_an_unlisted_surname_is_counted_with_its_full_name():
    person = row_of(count(TEXTS), "Nurdan Weliçko")
    assert (person.id, person.label, person.listed) == ("doc.nurdan-welicko", "PERSON", False)
    assert (person.mentions, person.documents) == (3, 2)
    assert dict(person.forms) == {"Nurdan Weliçko": 2, "Weliçkonyň": 1}


def test_a_surname_alone_in_its_text_is_another_row():
    rows = count([*TEXTS, "Sözçi Weliçko geldi."])
    assert row_of(rows, "Weliçko").mentions == 1
    assert row_of(rows, "Nurdan Weliçko").mentions == 3


def test_unlisted_names_are_one_by_label_and_base_form():
    person, ship = "Wezir Zarmyk geldi. Zarmygyň sözi gysga.", "Portda «Zarmyk» gämisi durýar."
    rows = count([person, ship, "Ýük «ZARMYK» gämisinde galdy."])
    assert [(r.name, r.label, r.mentions, r.documents) for r in rows] == [
        ("Zarmyk", "SHIP", 2, 2),
        ("Zarmyk", "PERSON", 2, 1),
    ]


def test_letters_that_an_id_cannot_hold_do_not_join_names():
    rows = count(["Wezir Νίκος Παππάς geldi.", "Wezir Μαρία Λουίζα geldi."])
    assert sorted(row.name for row in rows) == ["Μαρία Λουίζα", "Νίκος Παππάς"]


def test_the_most_mentioned_come_first_and_ties_have_an_order():
    rows = count(TEXTS)
    assert [(r.name, r.mentions) for r in rows] == [
        ("Bengazi", 3), ("Nurdan Weliçko", 3), ("Halife Haftar", 2), ("TDH", 1)
    ]  # fmt: skip
    assert count(TEXTS[::-1])[0].name == "Bengazi"


def test_numbers_are_those_of_tag_many():
    rows = count(TEXTS)
    tagged = list(turkmen_ner.tag_many(TEXTS))
    assert sum(row.mentions for row in rows) == sum(map(len, tagged)) > 0
    for row in rows:
        assert row.mentions == sum(number for _, number in row.forms)


def test_memory_grows_with_the_names_and_not_with_the_texts():
    def peak(times: int) -> int:
        tracemalloc.start()
        rows = count(text for _ in range(times) for text in TEXTS)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert rows[0].mentions == 3 * times
        return found

    peak(10)
    assert peak(600) < 2 * peak(150)  # both more than a batch


def test_processes():
    assert turkmen_ner.count(TEXTS, n_process=2) == count(TEXTS)


def test_nothing_and_wrong_types():
    assert count([]) == count(["", "Şu gün howa salkyn."]) == []
    with pytest.raises(TypeError, match="takes texts as a list"):
        count("Bengazi")
    with pytest.raises(ValueError, match="no turkmen_ner component"):
        count(TEXTS, nlp=spacy.blank("tk"))


def test_another_pipeline_and_another_scheme():
    nlp = turkmen_ner.load(
        patterns=[{"label": "CITY", "id": "norgil", "pattern": "Norgil"}], shipped=False, labels="conll"
    )
    assert [(r.id, r.label) for r in count(["Ol Norgilden geldi."], nlp=nlp)] == [("norgil", "LOC")]


def test_names_of_other_components_are_counted_by_their_id_or_name():
    nlp = turkmen_ner.load(shipped=False, infer=False)
    ruler = nlp.add_pipe("entity_ruler", before="turkmen_ner")
    ruler.add_patterns(
        [{"label": "DATE", "pattern": "duşenbe"}, {"label": "DATE", "pattern": "sişenbe", "id": "tuesday"}]
    )
    rows = count(["Ol duşenbe geldi.", "Ol duşenbe, sişenbe geldi."], nlp=nlp)
    assert [(r.id, r.name, r.mentions, r.listed) for r in rows] == [
        ("", "duşenbe", 2, False),
        ("tuesday", "sişenbe", 1, True),
    ]


def test_contexts_are_kept_of_unlisted_names_only():
    tallies = tally(turkmen_ner.tag_many(TEXTS), contexts=2)
    kept = {key.base or key.id: seen.contexts for key, seen in tallies.items()}
    assert kept["benghazi-ly"] == []
    assert [context.count("[Nurdan Weliçko]") for context in kept[base_key("Nurdan Weliçko")]] == [1, 1]


@pytest.mark.parametrize(
    ("text", "name", "width", "expected"),
    [
        ("Ol Bengazide boldy.", "Bengazide", 40, "Ol [Bengazide] boldy."),
        ("Bengazide", "Bengazide", 40, "[Bengazide]"),
        ("Ol «Berkarar» gämisini gördi.", "Berkarar", 14, "Ol «[Berkarar]» gämisini …"),
        ("bir iki üç Bengazi dört bäş alty", "Bengazi", 8, "… iki üç [Bengazi] dört …"),
        ("bir\tiki\u00a0\u200büç Ben\u00adgazi\u2028dört\n\nbäş", "Ben\u00adgazi", 40, "bir iki üç [Bengazi] dört"),
        ("x" * 90 + " Bengazi " + "y" * 90, "Bengazi", 40, "… [Bengazi] …"),
        ("bir\r\nMilli\r\nGoranmak\r\niki", "Milli\r\nGoranmak", 40, "[Milli Goranmak]"),
    ],
)  # fmt: skip
def test_excerpt(text, name, width, expected):
    start = text.index(name)
    found = excerpt(text, start, start + len(name), width)
    assert found == expected
    assert found == one_line(found)


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def lines(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("lines") / "articles.jsonl"
    path.write_text("\n\n".join(json.dumps({"text": t}, ensure_ascii=False) for t in TEXTS), encoding="utf-8-sig")
    return path


def test_formats_agree(folder, lines):
    keys = [field.name for field in fields(EntityCount)]
    as_json = run(app, ["count", "-f", "json", str(folder)])
    assert as_json.exit_code == 0
    rows = json.loads(as_json.stdout)
    assert [list(row) for row in rows] == [keys] * 4
    assert rows[0]["forms"] == [["Bengazide", 1], ["Bengaziden", 1], ["Bengazi", 1]]
    as_lines = run(app, ["count", "-f", "jsonl", str(lines)]).stdout
    assert [json.loads(line) for line in as_lines.splitlines()] == rows
    as_csv = list(csv.DictReader(io.StringIO(run(app, ["count", "-f", "csv", str(folder)]).stdout)))
    assert as_csv[0]["forms"] == "Bengazide 1, Bengaziden 1, Bengazi 1"
    assert [(r["id"], r["name"], int(r["mentions"])) for r in as_csv] == [
        (r["id"], r["name"], r["mentions"]) for r in rows
    ]
    table = run(app, ["count", str(folder)]).stdout.splitlines()
    assert table[0].split() == ["name", "label", "mentions", "documents", "id", "listed", "forms"]
    assert [line.split("  ")[0] for line in table[1:]] == [row["name"] for row in rows]


def test_top_label_patterns_and_no_inference(folder, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text("label: PERSON\npatterns: [{id: nurdan, pattern: Nurdan Weliçko}]\n", encoding="utf-8")

    def names(*options: str) -> list[str]:
        return [row["id"] for row in json.loads(run(app, ["count", "-f", "json", *options, str(folder)]).stdout)]

    assert names("--top", "2") == ["benghazi-ly", "doc.nurdan-welicko"]
    assert names("--label", "BODY", "-l", "CITY") == ["benghazi-ly", "tdh"]
    assert names("--no-infer", "--label", "PERSON") == ["khalifa-haftar"]
    assert names("-p", str(mine), "--label", "PERSON") == ["nurdan", "khalifa-haftar"]
    assert names("--labels", "conll", "--label", "LOC", "-j", "2") == ["benghazi-ly"]


def test_lenient():
    rows = json.loads(run(app, ["count", "-f", "json", "--lenient"], input="Turkmenistanyn pasporty.").stdout)
    assert [row["name"] for row in rows] == ["Türkmenistan"]


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("nowhere.txt", None, "nowhere.txt: no such file"),
        ("latin.txt", b"Gy\xfe", "latin.txt: byte 2 is not UTF-8"),
        ("a.jsonl", b'{"text": "Bengazi"}\n{"txt": ""}', "a.jsonl:2: expected a JSON object with the key text"),
        ("a.jsonl", b'["text"]', "a.jsonl:1: expected"),
        ("a.jsonl", b'{"text": 5}', "a.jsonl:1: expected"),
        ("a.jsonl", b'{"text": "\xff"}', "a.jsonl:1: byte 10 is not UTF-8"),
        ("empty", "folder", "empty: found a folder without texts"),
    ],
)
def test_what_cannot_be_read(tmp_path, name, content, complaint, jobs):
    path = tmp_path / name
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    result = run(app, ["count", "-j", jobs, str(path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


@pytest.mark.parametrize(
    "options", [["--jobs", "0"], ["-j", "-2"], ["--top", "0"], ["--format", "xml"], ["--labels", "x"]]
)
def test_wrong_usage(options):
    assert run(app, ["count", *options]).exit_code == 2


COMMAND = [sys.executable, "-m", "turkmen_ner.cli"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("command", ["count", "suggest"])
def test_a_progress_bar_on_a_terminal_only(folder, command):
    done = subprocess.run([*COMMAND, command, str(folder)], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr == ""
    import fcntl
    import termios

    here, there = os.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))  # else it has no room
    with os.fdopen(here, "rb", buffering=0) as screen:
        shown = subprocess.run([*COMMAND, command, str(folder)], stdout=subprocess.PIPE, stderr=there, check=True)
        os.close(there)
        assert b"4/4" in screen.read(10_000)
    assert shown.stdout.decode() == done.stdout
