"""brat standoff."""

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
