"""brat standoff."""

import unicodedata

import pytest
from tagged_texts import WITH_MARY, again

from turkmen_ner import Entity, TaggedText, formats


def test_brat():
    text = "Milli Goranmak\r\n  ministrligi\u2028we Mara"
    tagged = TaggedText.of(
        text, [Entity(text[:29], "BODY", 0, 29, id="mgm"), Entity("Mara", "CITY", 33, 37, "Mary", kb="x:1")]
    )
    assert tagged.to_brat().splitlines() == [
        "T1\tBODY 0 14;16 29\tMilli Goranmak   ministrligi",
        "N1\tReference T1 turkmen_ner:mgm\t",
        '#1\tAnnotatorNotes T1\t{"id": "mgm"}',
        "T2\tCITY 33 37\tMara",
        "N2\tReference T2 x:1\tMary",
        '#2\tAnnotatorNotes T2\t{"name": "Mary", "kb": "x:1"}',
    ]
    assert again(tagged, "brat") == tagged
    for line in tagged.to_brat().splitlines()[::3]:  # as brat checks it: the parts of the text, joined by a space
        _, places, shown = line.split("\t")
        parts = [part.split() for part in places.split(" ", 1)[1].split(";")]
        assert shown == " ".join(text[int(start) : int(end)] for start, end in parts)


def test_brat_after_people_worked_on_it(tmp_path):
    (tmp_path / "a.txt").write_bytes("Ol Mara bardy, Aşgabada däl.".encode())
    (tmp_path / "a.ann").write_bytes(
        "T2\tCITY 15 23\tAşgabada\nT1\tPERSON 3 7\tMara\nN1\tReference T1 Wikidata:Q5\tMary\n"
        "#1\tAnnotatorNotes T1\tadam ady\nR1\tNot Arg1:T1 Arg2:T2\t\nN2\tReference T2 turkmen_ner:asgabat\tAşgabat\n"
        "A1\tSure T1\n*\tEquiv T1 T2\n#2\tAnnotatorNotes R1\t{}\n#3\tAnnotatorNotes T2\t[5]\n".encode()
    )
    (found,) = formats.read_brat(tmp_path / "a.ann")
    assert [(e.text, e.label, e.name, e.id, e.kb) for e in found] == [
        ("Mara", "PERSON", "Mary", "", "Wikidata:Q5"),
        ("Aşgabada", "CITY", "Aşgabat", "asgabat", ""),
    ]
    assert list(formats.read_brat(tmp_path)) == [found]


def test_files_of_brat_are_called_like_the_texts(tmp_path):
    names = ["a/x.txt", "b/x.txt", "x-2.txt", "news.jsonl:3", "-", "..", "", "a b*c.d.txt", "C:\\d\\y.txt"]
    formats.write([WITH_MARY] * len(names), "brat", tmp_path, names=names)
    found = sorted(path.stem for path in tmp_path.glob("*.ann"))
    assert found == sorted(["x", "x-2", "x-2-2", "news-3", "text", "text-2", "text-3", "a_b_c.d", "y"])
    assert len(list(formats.read_brat(tmp_path))) == len(names)


# --- what others write -----------------------------------------------------------------------------------------------


def read_brat(tmp_path, text: bytes, ann: str):
    (tmp_path / "a.txt").write_bytes(text)
    (tmp_path / "a.ann").write_bytes(ann.encode())
    (found,) = formats.read_brat(tmp_path)
    return found


@pytest.mark.parametrize(
    ("text", "ann"),
    [
        ("Ol\r\nMara bardy.\r\nBengazä", "T1\tCITY 3 7\tMara\nT2\tCITY 15 22\tBengazä\n"),  # a line break is one
        ("Ol\r\nMara bardy.\r\nBengazä", "T1\tCITY 4 8\tMara\r\nT2\tCITY 17 24\tBengazä\r\n"),  # or two
        ("\ufeffMara bardy. Bengazä", "T1\tCITY 0 4\tMara\nT2\tCITY 12 19\tBengazä\n"),
        ("\ufeffMara bardy. Bengazä", "\ufeffT1\tCITY 1 5\tMara\nT2\tCITY 13 20\tBengazä\n"),
        ("\ufeffMara\r\nbardy. Bengazä", "T1\tCITY 0 4\tMara\nT2\tCITY 12 19\tBengazä\n"),
    ],
)
def test_line_breaks_and_marks_of_others(tmp_path, text, ann):
    found = read_brat(tmp_path, text.encode(), ann)
    assert [e.text for e in found] == ["Mara", "Bengazä"]
    assert found.text.replace("\r", "").removeprefix("\ufeff") == text.replace("\r", "").removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("text", "ann", "complaint"),
    [
        ("Ol Mara", "T1\tCITY 2 6\tMara", "a.ann:1: found ' Mar' from 2 on, expected 'Mara'"),
        ("Ol Mara", "T1\tCITY 3 7\tMara\nT1\tCITY 0 2\tOl", "a.ann:2: found T1 a second time"),
        ("Ol Mara we Tejen", "T1\tCITY 3 7;11 16\tMara Tejen", "a.ann:1: found a name in parts with ' we '"),
        ("Ol Mara", "T1\tCITY 5 7;0 2\tra Ol", "a.ann:1: found 5 to 7;0 to 2, expected offsets"),
        ("Ol Mara", "T1\tCITY 4 4\t", "a.ann:1: found 4 to 4, expected offsets"),
        ("Ol Mara", "T1\tCITY 3 7 8\tMara", "a.ann:1: found .*, expected T1, a tab"),
    ],
)
def test_lines_that_do_not_fit_their_text(tmp_path, text, ann, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_brat(tmp_path, text.encode(), ann)


def test_bytes_that_are_no_utf8(tmp_path):
    with pytest.raises(ValueError, match=r"a.txt: byte 1 is not UTF-8"):
        read_brat(tmp_path, b"a\xff", "")


def test_a_note_of_any_depth(tmp_path):
    found = read_brat(tmp_path, b"Mary", "T1\tCITY 0 4\tMary\n#1\tAnnotatorNotes T1\t" + "[" * 200_000 + "\n")
    assert [e.text for e in found] == ["Mary"]


def test_names_that_a_file_system_takes_for_one(tmp_path):
    names = ["a.txt", "A.txt", "\u00e4.txt", "a\u0308.txt", "\u00c4-2.txt", "ý" * 300 + ".txt", "ý" * 300 + "z.txt"]
    formats.write([WITH_MARY] * len(names), "brat", tmp_path, names=names)
    found = [path.stem for path in tmp_path.glob("*.ann")]
    assert len({unicodedata.normalize("NFC", name).casefold() for name in found}) == len(found) == len(names)
    assert max(len(name.encode()) for name in found) < 240
    assert len(list(formats.read_brat(tmp_path))) == len(names)
