"""The door of the library: what the public functions take, give and refuse, on any text."""

import copy
import dataclasses
import json
import pickle
import re
import subprocess
import sys
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

import turkmen_ner
from turkmen_ner import Entity, PatternError, TaggedText, tag, tag_many
from turkmen_ner.patterns.reader import LABELS

ROOT = Path(__file__).parent.parent
TEXT = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi."
NAMES = ["Ibrahim Kalyn", "Bengazide", "Halife Haftar"]


@pytest.fixture(scope="module")
def found() -> TaggedText:
    return tag(TEXT)


# --- one entity ----------------------------------------------------------------------------------------------------


def test_entity_fields(found):
    entity = found[1]
    assert dataclasses.asdict(entity) | {"source": "", "features": dict(entity.features)} == {
        "text": "Bengazide",
        "label": "CITY",
        "start": 14,
        "end": 23,
        "name": "Bengazi",
        "features": {"Case": "Loc"},
        "id": "benghazi-ly",
        "kb": "geonames:88319",
        "source": "",
        "listed": True,
        "score": entity.score,
    }
    assert 0.9 < entity.score <= 1
    assert entity.case == "Loc"
    assert re.fullmatch(r"cities\.yaml:\d+ benghazi-ly", entity.source)


def test_unlisted_entity():
    (entity,) = tag("Hormatly Orazmämmet Gylyçdurdyýewiň çykyşy.")
    assert (entity.text, entity.label, entity.name, entity.case) == (
        "Orazmämmet Gylyçdurdyýewiň",
        "PERSON",
        "Orazmämmet Gylyçdurdyýew",
        "Gen",
    )
    assert (entity.kb, entity.listed) == ("", False)
    assert entity.source


def test_source_points_at_the_entry(found):
    """The file and line that `source` names hold the entry."""
    for entity in found:
        file, line, key = re.fullmatch(r"(\S+):(\d+) (\S+)", entity.source).groups()
        row = (ROOT / "patterns" / file).read_text(encoding="utf8").splitlines()[int(line) - 1]
        assert f"id: {key}" in row
        assert entity.id == key


def test_entity_is_a_value(found):
    entity = found[1]
    assert entity == tag(TEXT)[1]
    assert hash(entity) == hash(tag(TEXT)[1])
    assert len({*found, *tag(TEXT)}) == 3
    assert pickle.loads(pickle.dumps(entity)) == copy.deepcopy(entity) == entity
    with pytest.raises(dataclasses.FrozenInstanceError):
        entity.text = "Tripoli"
    with pytest.raises(AttributeError):
        entity.__dict__  # noqa: B018  slots


def test_entity_by_hand():
    entity = Entity("Bengazi", "CITY", 0, 7)
    assert (entity.name, entity.features, entity.case, entity.listed) == ("", {}, "", False)
    assert repr(entity).startswith("Entity(text='Bengazi', label='CITY', start=0, end=7, ")


# --- a tagged text -------------------------------------------------------------------------------------------------


def test_sequence(found):
    assert len(found) == 3
    assert [e.text for e in found] == NAMES
    assert [e.text for e in reversed(found)] == NAMES[::-1]
    assert found[-1] == found[2]
    assert found[1] in found
    assert found.index(found[1]) == 1
    assert found.count(found[1]) == 1
    first, *rest = found
    assert (first.text, len(rest)) == ("Ibrahim Kalyn", 2)


@pytest.mark.parametrize(
    ("cut", "texts"),
    [(slice(1), NAMES[:1]), (slice(1, None), NAMES[1:]), (slice(None, None, -1), NAMES[::-1]), (slice(5, 9), [])],
)
def test_slices(found, cut, texts):
    part = found[cut]
    assert isinstance(part, tuple)
    assert [e.text for e in part] == texts


@pytest.mark.parametrize("index", [3, -4])
def test_no_such_entity(found, index):
    with pytest.raises(IndexError):
        found[index]


def test_text_and_doc(found):
    assert found.text == TEXT
    assert isinstance(found.doc, spacy.tokens.Doc)
    assert [e.text for e in found.doc.ents] == NAMES


def test_repr(found):
    assert repr(found) == "<TaggedText: 3 entities: Ibrahim Kalyn PERSON, Bengazide CITY, Halife Haftar PERSON>"
    assert len(repr(tag("Bengazi, " * 100))) < 300


def test_to_dicts(found):
    rows = found.to_dicts()
    assert [row["text"] for row in rows] == NAMES
    keys = {field.name for field in dataclasses.fields(Entity)} | {"case"}
    assert all(set(row) == keys for row in rows)
    assert json.loads(json.dumps(rows)) == rows
    rows[0]["features"]["Case"] = "changed"
    assert found[0].case == "Nom"


# --- HTML ----------------------------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, name, attrs):
        self.tags.append(name)
        assert not any(key.startswith("on") for key, _ in attrs)

    def handle_data(self, data):
        self.words += data.split()


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


@pytest.mark.parametrize(
    "text",
    [
        "<b>Bengazide</b> boldy",
        "<script>alert('Bengazi')</script>",
        "Bengazi & Tripoli",
        'Ol "Bengazi" <img src=x onerror=alert(1)> diýdi',
        "&lt;Bengazi&gt; &amp;",
        "Hiç kim </div><b>",
        "a < b > c",
    ],
)
def test_html_is_escaped(text):
    found = tag(text)
    reader = _read(found.to_html())
    assert set(reader.tags) <= {"div", "mark", "span", "br"}
    assert reader.tags.count("mark") == len(found)
    assert "".join(w for w in reader.words if w not in ("CITY", "BODY", "PERSON")) == "".join(text.split())


def test_html_marks_each_entity(found):
    html = found.to_html()
    assert html.count("<mark") == 3
    assert [w for w in _read(html).words if w.isupper()] == ["PERSON", "CITY", "PERSON"]


def test_html_in_a_notebook(found):
    assert found._repr_html_() == found.to_html()
    assert "<mark" not in tag("")._repr_html_()


def test_html_page(found):
    page = found.to_html(page=True)
    assert page.startswith("<!DOCTYPE html>")
    assert 'lang="tk"' in page
    assert "<mark" in page


# --- tag -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (5, "int: 5"),
        (None, "NoneType: None"),
        (b"Bengazi", "bytes: b'Bengazi'"),
        (["Bengazi"], "list: ['Bengazi']"),
        (Path("Bengazi"), f"{type(Path()).__name__}: "),
    ],
)
def test_not_a_text(text, shown):
    with pytest.raises(TypeError, match=r"^tag\(\) takes a text as a str, not " + re.escape(shown)):
        tag(text)


def test_half_a_surrogate_pair():
    text = "\udc00 Ol Bengazide\ud83d Aşgabatda \ud83d\ude00."
    for found in (tag(text), *tag_many([text])):
        assert found.text == text
        assert [(e.text, text[e.start : e.end]) for e in found] == [
            ("Bengazide", "Bengazide"),
            ("Aşgabatda", "Aşgabatda"),
        ]
        assert found.doc.text == "\ufffd Ol Bengazide\ufffd Aşgabatda \ufffd\ufffd."


@pytest.mark.parametrize(
    "text", ["", " ", "   ", "\n", "\r\n\t", "\u00a0\u2009\u3000", "\ufeff", "\u200b", "\u00ad", "\x00"]
)
def test_nothing_to_find(text):
    found = tag(text)
    assert len(found) == 0
    assert list(found) == found.to_dicts() == []
    assert found.text == text
    assert not found


@pytest.mark.parametrize("mark", [*".,;:!?-–—…«»“”\"'()[]{}<>/\\|@#$%^&*_+=~`№°", "😀", "👨‍👩‍👧", "1", "١"])
def test_marks_alone(mark):
    assert len(tag(mark)) == len(tag(mark * 3)) == 0


# Texts that once raised, or look as if they might.
_ODD = [
    "Bengazi www.a-",
    "Ol A http://a.b/C-",
    "Bengazi-",
    "-Bengazi",
    "BMG-",
    "BMG--nyň",
    "Bengazi'",
    "D.",
    "D. G. H.",
    "A-B-C-D",
    "A.B.C.-",
    "5+",
    "+5",
    "&#1234;Bengazi",
    "@A-",
    "ŇŇŇ",
    "Bengazi" * 200,
    "A " * 500,
    "Bengazi-" * 200,
    "«" * 50 + "Bengazi",
    "Halife " * 100 + "Haftar",
    "\u0301Bengazi",
    "B\u00ad",
    "\u00adB\u00ad-\u00adB",
]


@pytest.mark.parametrize("text", _ODD, ids=ascii)
def test_odd_texts(text):
    check(text)


def test_str_subclass():
    class Text(str):
        __slots__ = ()

    assert [e.text for e in tag(Text(TEXT))] == NAMES


def test_long_text():
    """Beyond the million characters at which spaCy stops by default."""
    text = (TEXT + "\n") * 20_000
    assert len(text) > 1_000_000
    found = tag(
        text, nlp=turkmen_ner.load(shipped=False, infer=False, patterns=[{"label": "CITY", "pattern": "Bengazi"}])
    )
    assert len(found) == 20_000
    assert text[found[-1].start : found[-1].end] == "Bengazide"


def test_another_pipeline():
    nlp = turkmen_ner.load(shipped=False, infer=False, patterns=[{"label": "SHIP", "pattern": "Bengazi"}])
    assert [(e.text, e.label) for e in tag(TEXT, nlp=nlp)] == [("Bengazide", "SHIP")]
    assert [e.label for e in tag(TEXT)] == ["PERSON", "CITY", "PERSON"]


def test_arguments_by_name_only():
    nlp = spacy.blank("tk")
    for call in (lambda: tag(TEXT, nlp), lambda: tag_many([TEXT], 1), lambda: turkmen_ner.load(["my.yaml"])):
        with pytest.raises(TypeError, match="positional argument"):
            call()


# --- offsets on any text -------------------------------------------------------------------------------------------

_PARTS = [
    "Ibrahim Kalyn", "Bengazide", "BMG-nyň", "ABŞ-daky",
    "Türkiýäniň Milli Goranmak ministrliginden", "TJG Kynalyada", "5+5 komissiýasy", "«Türkmengaz»",
    "Nýu-Ýork", "D.Gulmanowa", "Aziýa-ABŞ", "Ankara’da", "hormatly", "wekili", "şäherinde", "we",
    "geldi", "Orazmämmet", "TÜRKIÝE", "Түркменистан", "\u0301", "\u030c", "u\u0308", "\xad",
    "\u200b", "\u200d", "\ufeff", "İ", "ß", "ﬁ", "😀", "👨\u200d👩\u200d👧", "🇹🇲", "\r\n", "\n\n", " ",
    "  ", "\t", "\xa0", ".", ",", ":", "-", "–", "'", "\"", "(", "…", "&amp;",
    "http://bengazi.ly/Aşgabat", "@Bengazi", "#Bengazi", "\x00",
]  # fmt: skip
texts = st.lists(st.sampled_from(_PARTS) | st.text(max_size=3), max_size=25).map("".join) | st.lists(
    st.sampled_from(_PARTS), max_size=12
).map(" ".join)


def check(text: str) -> None:
    found = tag(text)
    assert found.text == text
    end = 0
    for entity in found:
        assert end <= entity.start < entity.end <= len(text)
        assert text[entity.start : entity.end] == entity.text
        assert entity.text.strip() == entity.text
        assert entity.name
        assert entity.label in LABELS
        end = entity.end
    assert tag(text).to_dicts() == found.to_dicts()
    # a token is sometimes more than a word, as after a stray combining mark
    ents = [(ent.start_char, ent.end_char) for ent in found.doc.ents]
    assert all(s <= entity.start and entity.end <= e for (s, e), entity in zip(ents, found, strict=True))


@settings(max_examples=150, deadline=None)
@given(texts.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_offsets(text):
    check(text)


@settings(max_examples=50, deadline=None)
@given(
    texts.filter(lambda text: not re.search("[\ud800-\udfff]", text)), st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])
)
def test_offsets_in_any_normal_form(text, form):
    check(unicodedata.normalize(form, text))


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize(
    "change",
    [
        str,
        lambda t: t.replace("\n", "\r\n"),
        lambda t: unicodedata.normalize("NFD", t),
        str.upper,
        str.lower,
        lambda t: t.replace(" ", "  "),
        lambda t: t.replace("a", "a\u00ad"),
        lambda t: "😀" + t.replace(".", "😀."),
    ],
    ids=["same", "crlf", "nfd", "upper", "lower", "spaces", "soft hyphens", "emoji"],
)
def test_offsets_on_articles(path, change):
    check(change(path.read_text(encoding="utf8")))


@pytest.mark.parametrize(
    "change",
    [
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: t.replace("ng", "n\u00adg"),
        lambda t: t.replace(" ", "\u00a0"),
    ],
    ids=["nfd", "soft hyphens", "no-break spaces"],
)
def test_same_entities_however_encoded(change):
    text = f"{TEXT} Ol Türkiýäniň Liwiýadaky ilçisi bilen Nýu-Ýorkda duşuşdy."
    changed = [(e.label, e.id, e.case) for e in tag(change(text))]
    assert changed == [(e.label, e.id, e.case) for e in tag(text)]


# --- many texts ----------------------------------------------------------------------------------------------------

_MANY = [TEXT, "", "Ol Tripolide.", " ", "Hiç zat.", "Bengazi"] * 3


@pytest.mark.parametrize("kind", [list, tuple, iter, lambda texts: (t for t in texts), dict.fromkeys])
@pytest.mark.parametrize("size", [1, 4, 256])
def test_many_in_order(kind, size):
    source = kind(_MANY)
    expected = list(dict.fromkeys(_MANY)) if isinstance(source, dict) else _MANY
    found = list(tag_many(source, batch_size=size))
    assert [one.text for one in found] == expected
    assert [one.to_dicts() for one in found] == [tag(text).to_dicts() for text in expected]


def test_many_is_lazy():
    def endless():
        while True:
            yield TEXT

    stream = tag_many(endless(), batch_size=2)
    assert [len(next(stream)) for _ in range(5)] == [3] * 5


def test_many_of_none():
    assert list(tag_many([])) == []


def test_many_in_processes():
    assert [one.to_dicts() for one in tag_many(_MANY, n_process=2, batch_size=5)] == [tag(t).to_dicts() for t in _MANY]


@pytest.mark.parametrize("texts", [TEXT, b"Bengazi", 5, None])
def test_not_many(texts):
    with pytest.raises(
        TypeError, match=rf"^tag_many\(\) takes texts as a list or generator, not {type(texts).__name__}"
    ):
        tag_many(texts)


def test_one_of_many_is_no_text():
    stream = tag_many([TEXT, 5], batch_size=1)
    with pytest.raises(TypeError, match=r"^tag_many\(\) takes a text as a str, not int: 5"):
        list(stream)


@pytest.mark.parametrize("kind", [list, iter])
def test_progress(kind, capsys):
    assert len(list(tag_many(kind(_MANY), progress=True))) == len(_MANY)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "text/s" in shown.err
    assert str(len(_MANY)) in shown.err


def test_no_progress_by_default(capsys):
    list(tag_many(_MANY))
    assert capsys.readouterr() == ("", "")


# --- load ----------------------------------------------------------------------------------------------------------


def test_load_paths_folders_and_dicts(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.yaml").write_text("label: CITY\npatterns: [{pattern: Zahyrap}]\n")
    (tmp_path / "b.txt").write_text("# label: SHIP\nBerkarap\n")
    entry = {"label": "BODY", "pattern": "Goçjar", "aliases": ["Goçjarlyk"]}
    sources = [tmp_path / "folder", str(tmp_path / "b.txt"), entry, {"lists": {"x": ["y"]}}]
    nlp = turkmen_ner.load(patterns=sources, shipped=False, infer=False)
    found = tag("Zahyrapda Berkaraby Goçjarlygyň ýanynda görüpdi.", nlp=nlp)
    assert [(e.text, e.label) for e in found] == [("Zahyrapda", "CITY"), ("Berkaraby", "SHIP"), ("Goçjarlygyň", "BODY")]
    assert [e.source for e in found] == ["a.yaml:2 zahyrap", "b.txt:2 b.berkarap", "<patterns> entry 1 gocjar"]


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"patterns": "my.yaml"}, TypeError, "patterns must be a list of paths or mappings, not str"),
        ({"patterns": Path("my.yaml")}, TypeError, "patterns must be a list"),
        ({"patterns": {"label": "CITY"}}, TypeError, "patterns must be a list of paths or mappings, not dict"),
        ({"patterns": 5}, TypeError, "patterns must be a list of paths or mappings, not int: 5"),
        ({"patterns": [5]}, TypeError, "patterns must hold paths or mappings, not int: 5"),
        ({"patterns": ["/no/such/file.yaml"]}, PatternError, r"^/no/such/file\.yaml: cannot be read"),
        ({"patterns": [Path("/no/such/file.yaml")]}, PatternError, r"^/no/such/file\.yaml: cannot be read"),
        ({"patterns": [{"label": "CITY"}]}, PatternError, "entry 1"),
        ({"labels": "english"}, ValueError, "labels must be one of turkmen, ontonotes, conll, not 'english'"),
        ({"colour": "red"}, TypeError, "colour"),
    ],
)
def test_wrong_arguments_of_load(arguments, error, says):
    with pytest.raises(error, match=says):
        turkmen_ner.load(**{"shipped": False, **arguments})


def test_load_labels_and_infer():
    nlp = turkmen_ner.load(labels="ontonotes", infer=False)
    assert [e.label for e in tag(f"{TEXT} Hormatly Orazmämmet Gylyçdurdyýew.", nlp=nlp)] == ["PERSON", "GPE", "PERSON"]


def test_load_does_not_keep_the_dict():
    entry = {"label": "CITY", "id": "x", "pattern": "Zahyrap"}
    nlp = turkmen_ner.load(patterns=[entry], shipped=False, infer=False)
    entry["pattern"] = "Berkarap"
    assert [e.text for e in tag("Zahyrap, Berkarap", nlp=nlp)] == ["Zahyrap"]


def test_explain_needs_the_component():
    with pytest.raises(ValueError, match="no turkmen_ner component"):
        turkmen_ner.explain(TEXT, nlp=spacy.blank("tk"))


# --- the door ------------------------------------------------------------------------------------------------------


def test_public_names():
    assert dir(turkmen_ner) == sorted(turkmen_ner.__all__)
    for name in turkmen_ner.__all__:
        assert getattr(turkmen_ner, name) is not None
    assert {"tag", "tag_many", "load", "Entity", "TaggedText", "analyse", "inflect", "explain", "PatternError"} <= set(
        turkmen_ner.__all__
    )
    assert re.fullmatch(r"\d+\.\d+\.\d+", turkmen_ner.__version__)


def test_no_such_name():
    with pytest.raises(AttributeError, match="module 'turkmen_ner' has no attribute 'tags'"):
        turkmen_ner.tags  # noqa: B018


def test_analyse_and_inflect():
    assert turkmen_ner.inflect("Bengazi", case="Loc") == "Bengazide"
    best = turkmen_ner.analyse("Bengazide")[0]
    assert (best.name, best.case) == ("Bengazi", "Loc")


def test_import_does_no_work():
    code = """
import sys
before = set(sys.modules)
import turkmen_ner
heavy = ("turkmen_ner", "spacy", "yaml", "pydantic", "srsly", "json")
print(sorted(m for m in set(sys.modules) - before if m.split(".")[0] in heavy))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['turkmen_ner', 'turkmen_ner._version']"


def test_own_names_stand_before_shipped_ones_of_the_same_form():
    own = [
        {"label": "CITY", "id": "mine", "pattern": "Bengazi"},
        {"label": "BODY", "id": "ours", "pattern": "Milli Goranmak ministrligi"},
    ]
    found = turkmen_ner.tag("Ol Bengazide Milli Goranmak ministrligine bardy.", nlp=turkmen_ner.load(patterns=own))
    assert [(e.id, e.source) for e in found] == [
        ("mine", "<patterns> entry 1 mine"),
        ("ours", "<patterns> entry 2 ours"),
    ]
