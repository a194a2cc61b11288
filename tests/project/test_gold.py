"""The gold of gold/: its rows are well formed, and tools/join_gold.py joins them with their text or says why not."""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

from turkmen_ner import formats

ROOT = Path(__file__).parents[2]
DEV = ROOT.parent / "shared" / "gold" / "dev.jsonl"
SPEC = importlib.util.spec_from_file_location("join_gold", ROOT / "tools" / "join_gold.py")
join_gold = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(join_gold)

LINES = [
    "Başga habar, bize gerek däl.",
    "Oraz Aman Merwde, «Nebitçide» işleýär",
    "Ol Türkmenistana geldi. Soň Mara gitdi.",
    "Bu setirde at ýok\u2028emma bir bölünme bar.",
    "Ýene başga habar.",
    "Kitap sergisi açyldy.",
]
STANDOFF = """# stand-off of an example
paper.2\t5
paper.1\t1\t0\t9\tPERSON
paper.1\t1\t10\t16\tCITY
paper.1\t1\t19\t28\tBODY
paper.1\t2\t3\t16\tCOUNTRY
paper.1\t2\t28\t32\tCITY
paper.1\t3
"""
NAMES = [
    ("Oraz Aman", "PERSON"), ("Merwde", "CITY"), ("Nebitçide", "BODY"), ("Türkmenistana", "COUNTRY"), ("Mara", "CITY"),
]  # fmt: skip
DOCUMENTS = ["paper.0", "paper.1", "paper.1", "paper.1", "paper.3", "paper.2"]


class Case:
    """A small text in the shape of NTREX-128, with its names, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.text = folder / "NTREX-128" / "newstest2019-ref.tuk.txt"
        self.text.parent.mkdir()
        self.ids = folder / "DOCUMENT_IDS.tsv"
        self.gold = folder / "dev-standoff.tsv"
        self.lines(LINES)
        self.gold.write_text(STANDOFF, encoding="utf8")

    def lines(self, lines: list[str], end: str = "\n") -> None:
        self.text.write_bytes("".join(line + end for line in lines).encode())

    def run(self, *options: str) -> int:
        arguments = [str(self.text), "--gold", str(self.gold), "--out", str(self.folder / "out"), "--lines", "6"]
        return join_gold.main([*arguments, *options])

    def refused(self, *options: str) -> str:
        with pytest.raises(SystemExit) as told:
            self.run(*options)
        assert not (self.folder / "out").exists()
        return str(told.value)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


# --- joining -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \n"])
def test_every_form_has_the_text_and_its_names(case: Case, capsys, end: str):
    case.lines(LINES, end)
    case.ids.write_text("".join(f"{name}\n" for name in DOCUMENTS), encoding="utf8")
    assert case.run() == 0
    assert "2 documents, 5 marked names" in capsys.readouterr().out
    text = "".join(f"{line}\n" for line in LINES[1:4])
    for form, name in join_gold.FORMS.items():
        empty, full = formats.read(case.folder / "out" / name, form)
        assert (empty.text, len(empty)) == ("Kitap sergisi açyldy.\n", 0), form
        assert full.text == text, form
        assert [(full.text[e.start : e.end], e.label) for e in full] == NAMES, form
        assert [(e.text, e.label) for e in full] == NAMES, form


def test_documents_are_called_as_in_ntrex(case: Case):
    case.run()
    rows = (case.folder / "out" / "dev.jsonl").read_text(encoding="utf8").splitlines()
    assert [json.loads(row)["file"] for row in rows] == ["paper.2", "paper.1"]


# --- what is refused -----------------------------------------------------------------------------------------------


def test_another_number_of_lines(case: Case):
    case.lines(LINES[:-1])
    assert "found 5 lines, expected 6" in case.refused()
    assert "expected 1997" in case.refused("--lines", "1997")


def test_another_number_of_document_ids(case: Case):
    case.ids.write_text("paper.0\n", encoding="utf8")
    assert "found 1 document ids for 6 lines" in case.refused()


def test_a_line_of_another_document(case: Case):
    case.ids.write_text("paper.1\n" * 6, encoding="utf8")
    assert "dev-standoff.tsv:2: line 5 belongs to 'paper.1' by DOCUMENT_IDS.tsv, expected paper.2" in case.refused()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("paper.2\t6", "found line 6, but the text has 6 lines"),
        ("paper.2\t5\t0\t99\tCITY", "found 0 to 99 in line 5, expected offsets"),
        ("paper.2\t5\t4\t4\tCITY", "found 4 to 4 in line 5"),
        ("paper.2\t5\t5\t13\tCITY", "found a blank at the edge of 5 to 13"),
        ("paper.2\t5\t0\t5\tCITY\npaper.2\t5\t4\t13\tBODY", "found 4 to 13 in line 5, expected offsets"),
        ("paper.2\t5\t0\t5\tTOWN", "found the label 'TOWN', expected one of PERSON, CITY"),
        ("paper.2\tfive", "found 'five', expected a number"),
        ("paper.2\t-1", "found '-1', expected a number"),
        ("paper.2\t5\t0\t5", "found 4 columns, expected 5"),
        ("paper.2\t5\t0\t5\tCITY\npaper.2\t5", "line 5 without a name and with one"),
        ("paper.2\t3\npaper.2\t5", "found line 5 after 3, expected no line left out"),
        ("paper.2\t5\npaper.1\t1\npaper.2\t5", "paper.2 goes on, expected all rows of a document together"),
    ],
)
def test_rows_that_do_not_fit(case: Case, row: str, told: str):
    case.gold.write_text(f"{row}\n", encoding="utf8")
    message = case.refused()
    assert message.startswith("dev-standoff.tsv:")
    assert told in message


def test_a_text_that_is_not_the_one_marked(case: Case):
    checksum = hashlib.sha256(f"{LINES[5]}\n".encode()).hexdigest()
    (case.folder / "dev-checksums.tsv").write_text(f"# SHA-256\npaper.2\t{checksum}\n", encoding="utf8")
    assert case.run() == 0
    (case.folder / "dev-checksums.tsv").write_text(f"paper.2\t{checksum[::-1]}\n", encoding="utf8")
    assert case.run("--any-text") == 0
    for file in (case.folder / "out").iterdir():
        file.unlink()
    (case.folder / "out").rmdir()
    assert "are not those in which paper.2 was marked" in case.refused()
    (case.folder / "dev-checksums.tsv").write_text("paper.2\tabc\n", encoding="utf8")
    assert "dev-checksums.tsv:1: found 'paper.2\\tabc'" in case.refused()


def test_files_that_cannot_be_read(case: Case):
    case.text.write_bytes(b"T\xfcrkmen\n")
    assert "byte 1 is not UTF-8" in case.refused()
    case.text.unlink()
    assert "newstest2019-ref.tuk.txt" in case.refused()


# --- what is shipped -----------------------------------------------------------------------------------------------


def test_shipped_rows_are_well_formed():
    rows = list(join_gold.read_standoff(ROOT / "gold" / "dev-standoff.tsv"))
    spans = [row.span for row in rows if row.span]
    assert len({row.document for row in rows}) == 60
    assert len({row.line for row in rows}) == 986
    assert (len(spans), sum(label != "MISC" for _, _, label in spans)) == (1616, 1394)
    assert max(row.line for row in rows) < join_gold.LINES
    checksums = join_gold.read_checksums(ROOT / "gold" / "dev-checksums.tsv")
    assert list(checksums) == list(dict.fromkeys(row.document for row in rows))


@pytest.mark.skipif(not DEV.is_file(), reason="the marked texts of ../shared are not here")
def test_joined_rows_are_the_marked_texts(tmp_path: Path):
    """With the lines of dev.jsonl at their places in a text of 1,997 lines, the join gives dev.jsonl back."""
    gold = ROOT / "gold" / "dev-standoff.tsv"
    marked = [json.loads(line) for line in DEV.read_text(encoding="utf8").splitlines()]
    first: dict[str, int] = {}
    for row in join_gold.read_standoff(gold):
        first.setdefault(row.document, row.line)
    lines = [""] * join_gold.LINES
    for start, document in zip(first.values(), marked, strict=True):
        for number, line in enumerate(document["text"].split("\n")[:-1], start=start):
            lines[number] = line
    text = tmp_path / "newstest2019-ref.tuk.txt"
    text.write_text("".join(f"{line}\n" for line in lines), encoding="utf8")
    assert join_gold.main([str(text), "--out", str(tmp_path)]) == 0
    for form, name in join_gold.FORMS.items():
        for found, document in zip(formats.read(tmp_path / name, form), marked, strict=True):
            assert found.text == document["text"], form
            expected = [(span["start"], span["end"], span["label"]) for span in document["spans"]]
            assert [(e.start, e.end, e.label) for e in found] == expected, form
