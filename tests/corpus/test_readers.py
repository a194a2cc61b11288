"""Files of the kinds people have: each gives its text, or one sentence that says what is wrong and what helps."""

import csv
import json
import sys
from pathlib import Path

import pytest

from turkmen_ner.corpus.documents import InputError, Text, documents, expand, has_many, is_text, number_of
from turkmen_ner.corpus.readers import ENDINGS

TEXT = "Ol Aşgabatda boldy. Halife Haftar Bengazide."
ROWS = ["Ol Mara bardy.", 'Ýagyş, "gar"\nýagdy; Şa.', ""]


def docx(path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Ol Aşgabatda boldy.")
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Halife Haftar", "Bengazide."
    document.save(path)


def html(path: Path) -> None:
    path.write_text(
        "<html><head><title>x</title><script>var Moskwa = 1</script></head><body><nav>Baş sahypa</nav><article><p>"
        f"{TEXT}</p></article></body></html>",
        encoding="utf-8",
    )


def pdf(path: Path, content: bytes = b"BT /F1 12 Tf 20 100 Td (Ol Mara bardy.) Tj ET") -> None:
    """The smallest file with one line."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        data + b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer << /Size 5 /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % len(data)
    )


def texts(*paths: Path, **options: object) -> list[tuple[str, str]]:
    return [(Path(name).name, text) for name, text in documents([str(path) for path in paths], **options)]


@pytest.mark.parametrize("ending", [".docx", ".DOCX"])
def test_word(tmp_path, ending):
    docx(tmp_path / f"a{ending}")
    assert texts(tmp_path / f"a{ending}") == [
        (f"a{ending}", "Ol Aşgabatda boldy.\nHalife Haftar\tBengazide."),
    ]


def test_pdf(tmp_path):
    pdf(tmp_path / "a.PDF")
    ((_, text),) = texts(tmp_path / "a.PDF")
    assert text.strip() == "Ol Mara bardy."
    pdf(tmp_path / "scan.pdf", b"")
    with pytest.raises(InputError, match=r"scan.pdf: found no text on 1 pages, expected a PDF file with text"):
        texts(tmp_path / "scan.pdf")


def test_html(tmp_path):
    html(tmp_path / "a.html")
    ((_, text),) = texts(tmp_path / "a.html")
    assert TEXT in text
    assert "Moskwa" not in text
    (tmp_path / "b.htm").write_bytes('<meta charset="windows-1250"><p>Şeýle ýagyş.</p>'.encode("cp1250"))
    assert texts(tmp_path / "b.htm") == [("b.htm", "Şeýle ýagyş.")]
    (tmp_path / "c.htm").write_bytes(b'<meta charset="klingon"><p>a</p>')
    with pytest.raises(InputError, match="found the unknown encoding 'klingon', name another: --encoding"):
        texts(tmp_path / "c.htm")


@pytest.mark.parametrize("kind", ["a.json", "a.csv", "b.csv", "a.tsv", "a.xlsx", "a.parquet", "a.JSON"])
def test_tables_and_lists(tmp_path, kind):
    path = tmp_path / kind
    rows = [{"id": n, "body": text} for n, text in enumerate(ROWS)]
    if kind.lower() == "a.json":
        path.write_text(json.dumps(rows), encoding="utf-8")
    elif kind.endswith("sv"):
        delimiter = {"a.csv": ",", "b.csv": ";", "a.tsv": "\t"}[kind]
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, ["id", "body"], delimiter=delimiter)
            writer.writeheader()
            writer.writerows(rows)
    elif kind == "a.xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        book = openpyxl.Workbook()
        for row in (["id", "body"], *([row["id"], row["body"]] for row in rows)):
            book.active.append(row)
        book.save(path)
    else:
        pandas = pytest.importorskip("pandas")
        pandas.DataFrame(rows).to_parquet(path)
    first = 1 if "json" in kind.lower() else 2
    expected = [(f"{kind}:{first + n}", text) for n, text in enumerate(ROWS)]
    found = texts(path, field="body")
    assert found == expected or (kind == "a.xlsx" and found == expected[:-1])  # an empty cell is none
    with pytest.raises(InputError, match=r"body.*: --input-field"):
        texts(path)
    if "sv" not in kind:  # where a number is no text
        wrong: list[InputError] = []
        assert list(documents([str(path)], field="id", skip=wrong.append)) == []
        assert len(wrong) == 3


def test_missing_cells_are_no_texts(tmp_path):
    pandas = pytest.importorskip("pandas")
    pandas.DataFrame({"text": ["Mary", None, "Tejen"]}).to_parquet(tmp_path / "a.parquet")
    assert texts(tmp_path / "a.parquet") == [("a.parquet:2", "Mary"), ("a.parquet:4", "Tejen")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('["Mary", "Tejen"]', ["Mary", "Tejen"]),
        ('{"text": "Mary"}', ["Mary"]),
        ('{"text": "Mary"}\n{"text": "Tejen"}\n', ["Mary", "Tejen"]),
        ("[]", []),
    ],
)
def test_shapes_of_json(tmp_path, content, expected):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    assert [text for _, text in texts(tmp_path / "a.json")] == expected


@pytest.mark.parametrize("content", ["no", "5", '{"texts": []}', "[" * 200_000, '[{"text": 5}]', '[["Mary"]]'])
def test_json_that_holds_no_text(tmp_path, content):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json:1: expected a JSON object with the key text, a string"):
        texts(tmp_path / "a.json")


# --- what cannot be read ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (TEXT.encode("utf-16-le"), "found UTF-16 without a byte order mark.*--encoding utf-16-le"),
        (TEXT.encode("utf-16-be"), "found UTF-16 without a byte order mark.*--encoding utf-16-be"),
        ("Ол Ашгабада барды, соңра гитди.".encode("utf-16-le"), "--encoding utf-16-le"),
        (b"PK\x03\x04\x14\x00abc", r"found a ZIP archive, such as .docx.*pip install 'turkmen_ner\[files\]'"),
        (b"%PDF-1.4 abc", r"found a PDF file.*pip install 'turkmen_ner\[files\]'"),
        (bytes(range(32)) * 20, "found control characters"),
        (TEXT.encode("cp1250"), "is not UTF-8.*--encoding windows-1250"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a", "a.dat"])
def test_what_is_no_text(tmp_path, data, says, name):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=f"{name}: .*{says}"):
        texts(tmp_path / name)


def test_a_named_encoding_is_taken(tmp_path):
    for codec in ("utf-16-le", "utf-16-be", "windows-1250"):
        (tmp_path / "a.txt").write_bytes(TEXT.encode(codec))
        assert texts(tmp_path / "a.txt", encoding=codec) == [("a.txt", TEXT)]


def test_utf16_lines_without_a_mark(tmp_path):
    (tmp_path / "a.jsonl").write_bytes('{"text": "Mary"}\n'.encode("utf-16-le"))
    with pytest.raises(InputError, match="--encoding utf-16-le"):
        texts(tmp_path / "a.jsonl")


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".xlsx", ".parquet"])
def test_files_that_are_not_what_they_are_called(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    for data in (b"", b"no", b"PK\x03\x04no"):
        path.write_bytes(data)
        with pytest.raises(InputError, match=rf"a\{ending}: not a well-formed \{ending} file"):
            texts(path)


@pytest.mark.parametrize(
    ("ending", "module", "package"),
    [
        (".docx", "docx", "python-docx"),
        (".pdf", "pypdf", "pypdf"),
        (".html", "trafilatura", "trafilatura"),
        (".xlsx", "openpyxl", "openpyxl"),
        (".parquet", "pyarrow.parquet", "pyarrow"),
    ],
)
def test_without_the_library(tmp_path, monkeypatch, ending, module, package):
    (tmp_path / f"a{ending}").write_bytes(b"x")
    monkeypatch.setitem(sys.modules, module, None)
    says = rf"a\{ending}: a \{ending} file needs {package}, which is not installed: pip install 'turkmen_ner\[files\]'"
    with pytest.raises(InputError, match=says):
        texts(tmp_path / f"a{ending}")


# --- folders and texts -----------------------------------------------------------------------------------------------


def test_a_folder_of_all_kinds(tmp_path):
    for name in ("a.TXT", "b.md", "c.Docx", "deep/d.html", "e.png", "f.PNG", "g.zip", ".hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    notes: list[str] = []
    found = expand([str(tmp_path)], skip=notes.append)
    assert [Path(path).name for path in found] == ["a.TXT", "b.md", "c.Docx", "d.html"]
    assert notes == [f"{tmp_path}: skipped files that are no texts: .png 2, .zip 1"]


def test_texts_as_arguments(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert is_text("Ol Mara bardy.")
    assert is_text("Halife Haftar\nD.Orazow")
    for argument in ("Mara", "", " ", "a b.txt", "a b/c d", "my file.DOCX", "C:\\my files", "holiday photo.png"):
        assert not is_text(argument)
    assert list(documents(expand(["Ol Mara bardy."]))) == [("text", "Ol Mara bardy.")]
    Path("Ol Mara bardy.").write_text("a file", encoding="utf-8")
    assert list(documents(expand(["Ol Mara bardy."]))) == [("Ol Mara bardy.", "a file")]
    long = "Ol gitdi. " * 1000
    assert list(documents(expand([long]), field="body")) == [("text", long)]
    with pytest.raises(InputError, match="Mara: no such file or folder; a text needs a space in it"):
        expand(["Mara"])
    with pytest.raises(InputError, match=r"a b\.txt: no such file or folder$"):
        expand(["a b.txt"])


def test_names_of_files_are_escaped():
    error = InputError("a\nb: no such file", "c\x1b[2J: no such file")
    assert str(error) == "a\\nb: no such file\nc\\x1b[2J: no such file"


def test_the_number_of_texts():
    assert number_of(["a.txt", "b.pdf", Text("Ol bardy.")]) == 3
    assert number_of(["a.txt", "b.csv"]) is None
    assert number_of(["-"]) is None
    assert number_of(["a.dat"], "body") is None
    assert has_many("a.XLSX")
    assert set(ENDINGS) >= {
        ".docx",
        ".pdf",
        ".html",
        ".md",
        ".csv",
        ".tsv",
        ".xlsx",
        ".parquet",
        ".json",
        ".jsonl",
        ".txt",
    }
