"""The command `report`: its numbers, what it keeps and what it says of the rest."""

import base64
import hashlib
import json
import random
import re
import sys
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli import app
from turkmen_ner.corpus import documents as inputs
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.corpus.counts import count

pytest.importorskip("networkx", reason="needs the extra `report`")

from turkmen_ner.web import figures
from turkmen_ner.web.collection import collect
from turkmen_ner.web.dates import date_in, periods
from turkmen_ner.web.report import Limits, render
from turkmen_ner.web.sentences import Sentences

ROOT = Path(__file__).parent.parent.parent
SEEDS = sorted((ROOT / "seeds").glob("[0-9]*.txt"))
EVIL = "\"><script>alert(1)</script>&'{{ 7*7 }}"
run = CliRunner().invoke


class Data(HTMLParser):
    """The data of a report, and what it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.scripts: list[str] = []
        self.text = ""
        self._in = ""
        self.feed(html)
        self.data = json.loads(self.blocks["data"])

    blocks: dict[str, str]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.blocks = getattr(self, "blocks", {})
        self._in = given.get("id") or tag if tag == "script" else ""
        if tag == "script" and "id" not in given:
            self.scripts.append("")
        self.loaded += [value for key, value in given.items() if key in ("src", "srcset", "action")]
        self.loaded += [given["href"]] if "href" in given and not given["href"].startswith("#") else []
        assert "style" not in given
        assert not [key for key in given if key.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        elif self._in:
            self.blocks[self._in] = self.blocks.get(self._in, "") + data
        else:
            self.text += data


def report(*arguments: object) -> tuple[Any, Data]:
    """What the command says, and the report that it writes into the last argument."""
    done = run(app, ["report", *map(str, arguments[:-1]), "-o", str(arguments[-1])])
    return done, Data(Path(str(arguments[-1])).read_text(encoding="utf8"))


def of(texts: list[str], titles: list[str] | None = None, **options: Any) -> Data:
    """A report on texts, made from Python."""
    nlp = turkmen_ner.load(patterns=options.pop("patterns", ()))
    limits = options.pop("limits", Limits())
    titles = titles or [f"{k}.txt" for k in range(len(texts))]
    found = zip(titles, titles, turkmen_ner.tag_many(texts, nlp=nlp), strict=True)
    return Data(render(collect(found, nlp=nlp, most=limits.mentions), limits=limits, **options))


def test_numbers_are_those_of_count(tmp_path: Path) -> None:
    done, found = report("--notation", *SEEDS, tmp_path / "report.html")
    assert done.exit_code == 0
    rows = json.loads(run(app, ["count", "--notation", *map(str, SEEDS), "--format", "json"]).stdout)
    assert len(rows) > 250
    assert [[e["name"], e["label"], e["mentions"], e["documents"], e["forms"]] for e in found.data["names"]] == [
        [row["name"], row["label"], row["mentions"], row["documents"], row["forms"]] for row in rows
    ]
    mentions = sum(row["mentions"] for row in rows)
    assert f"{len(SEEDS)} texts, {len(rows)} names, {mentions} mentions" in done.stdout


def test_every_mention_stands_in_its_sentence() -> None:
    texts = [strip(path.read_text(encoding="utf8")) for path in SEEDS]
    found = of(texts).data
    written = [e.text for text in texts for e in turkmen_ner.tag(text)]
    marked = []
    for name in found["names"]:
        places = name["places"]
        assert len(places) == 3 * name["mentions"]
        for sentence, start, end in zip(places[::3], places[1::3], places[2::3], strict=True):
            document, text = found["sentences"][sentence]
            assert text in texts[int(found["texts"][document][0].split(".")[0])]
            marked.append(text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"))
    assert sorted(marked) == sorted(written)


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("Ol geldi. Bu barada A.W.Kalber Maryda aýtdy. Soň gitdi.", "Maryda", "Bu barada A.W.Kalber Maryda aýtdy."),
        ("Ol geldi! Maryda galdy", "Maryda", "Maryda galdy"),
        ("Setir\nMaryda galdy\nSoňky setir", "Maryda", "Maryda galdy"),
        ("«Ol geldi.» Maryda galdy.", "Maryda", "Maryda galdy."),
        ("Bu ýerde 5. Maryda galdy.", "Maryda", "Bu ýerde 5. Maryda galdy."),
    ],
)
def test_sentences(text: str, name: str, sentence: str) -> None:
    start = text.index(name)
    first, last = Sentences(text, []).around(start, start + len(name))
    assert text[first:last] == sentence


def test_sentences_keep_names_whole_and_are_bounded() -> None:
    """By chance: whatever the text, the name is inside, no longer than allowed on each side."""
    rng = random.Random(1)
    for _ in range(300):
        text = "".join(rng.choice("aB.!? \n«»…") for _ in range(rng.randint(1, 900)))
        start = rng.randrange(len(text))
        end = rng.randint(start + 1, len(text))
        entity = turkmen_ner.Entity(text[start:end], "CITY", start, end)
        first, last = Sentences(text, [entity]).around(start, end)
        assert 0 <= start - first <= 160
        assert 0 <= last - end <= 160


def test_what_is_beyond_the_limits_is_said() -> None:
    texts = ["Ol Maryda boldy.", "Ol Bengazide boldy. Bengazi. Ol Bengazä geldi."] * 8
    found = of(texts, limits=Limits(names=1, mentions=10))
    (name,) = found.data["names"]
    assert (name["name"], name["mentions"], len(name["places"])) == ("Bengazi", 24, 30)
    assert "the most mentioned names, 1; the others, 1 with 8 mentions, are only counted" in found.text
    assert "At most 10 mentions of a name are shown" in found.text
    whole = of(texts)
    assert "only counted." in whole.text
    assert "In the table are" not in whole.text


def test_the_size_is_bounded() -> None:
    texts = [f"Ol Mary{chr(97 + k % 26)}da we Bengazide boldy. " * 5 for k in range(200)]
    small = Limits(names=20, mentions=100, total=100)
    found = of(texts, limits=small).data
    assert sum(len(name["places"]) for name in found["names"]) <= 3 * 100
    assert all(name["places"] for name in found["names"])


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("arhiw/2022-05-14-sapar.txt", "2022-05-14"),
        ("arhiw/2021/2022_05_14.txt", "2022-05-14"),
        ("20220514.txt", "2022-05-14"),
        ("20220514T183000.txt", "2022-05-14"),
        ("habar 3.2.2023.txt", "2023-02-03"),
        ("2022/05/14/a.txt", "2022-05-14"),
        ("1999/a.txt", "1999"),
        ("news.jsonl:2022", ""),
        ("+99365123456.txt", ""),
        ("2022-13-40.txt", ""),
        ("2023-02-29.txt", ""),
        ("maglumat-2022.txt", ""),
        ("٢٠٢٢-٠٥-١٤.txt", ""),
        ("a.txt", ""),
    ],
)
def test_dates_of_file_names(name: str, day: str) -> None:
    assert date_in(name) == day


@pytest.mark.parametrize(
    ("dates", "first", "last", "number"),
    [
        (["2022-05-14", ""], "2022-05-14", "2022-05-14", 1),
        (["2022-02-27", "2022-03-02"], "2022-02-27", "2022-03-02", 4),
        (["2021-12-01", "2022-03-02"], "2021-12", "2022-03", 4),
        (["1990-12-01", "2022-03-02"], "1990", "2022", 33),
        (["", ""], None, None, 0),
    ],
)
def test_periods(dates: list[str], first: str, last: str, number: int) -> None:
    found = periods(dates)
    assert (found[:1], found[-1:], len(found)) == ([first] * (number > 0), [last] * (number > 0), number)


def test_dates_of_a_field(tmp_path: Path) -> None:
    rows = [
        {"body": "Ol Maryda boldy.", "day": "2022-05-14T10:00:00Z"},
        {"body": "Ol Mara bardy.", "day": "16.05.2022"},
        {"body": "Ol Maryda ýaşady.", "day": None},
    ]
    path = tmp_path / "2001-01-01.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf8")
    _, found = report(path, "--input-field", "body", "--date-field", "day", tmp_path / "report.html")
    assert found.data["periods"] == ["2022-05-14", "2022-05-15", "2022-05-16"]
    assert found.data["names"][0]["times"] == [0, 1, 2, 1]
    assert "Texts without a date: 1." in found.text
    _, found = report(path, "--input-field", "body", tmp_path / "report.html")
    assert found.data["periods"] == ["2001-01-01"]


def _workbook(path: Path, rows: list[list[Any]]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra `files`")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def _parquet(path: Path, rows: list[list[Any]]) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra `files`")
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra `files`")
    parquet.write_table(pyarrow.table(dict(zip(rows[0], zip(*rows[1:], strict=True), strict=True))), path)


def _csv(path: Path, rows: list[list[Any]]) -> None:
    path.write_text("".join(f"{a};{b};{c}\n" for a, b, c in rows), encoding="utf8")


def _json_list(path: Path, rows: list[list[Any]]) -> None:
    path.write_text(json.dumps([dict(zip(rows[0], map(str, row), strict=True)) for row in rows[1:]]), encoding="utf8")


@pytest.mark.parametrize(
    ("name", "write"), [("a.csv", _csv), ("a.json", _json_list), ("a.xlsx", _workbook), ("a.parquet", _parquet)]
)
def test_dates_of_rows(name: str, write: Any, tmp_path: Path) -> None:
    """In whatever kind of file; a text beside it has the date of its name."""
    rows = [[1, datetime(2022, 5, 14), "Ol Maryda boldy."], [2, datetime(2022, 5, 16), "Ol Mara bardy."]]
    write(tmp_path / name, [["no", "day", "text"], *rows])
    (tmp_path / "2022-05-17.txt").write_text("Ol Maryda ýaşady.", encoding="utf8")
    done, found = report("--date-field", "day", tmp_path / name, tmp_path / "2022-05-17.txt", tmp_path / "report.html")
    assert done.exit_code == 0
    assert found.data["periods"] == ["2022-05-14", "2022-05-15", "2022-05-16", "2022-05-17"]
    assert found.data["names"][0]["times"] == [0, 1, 2, 1, 3, 1]


def test_a_text_that_is_skipped_leaves_no_date(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Ol [Mara|CITY bardy.", "day": "2022-05-14"}', encoding="utf8")
    (tmp_path / "b.txt").write_text("Ol [Maryda|CITY] boldy.", encoding="utf8")
    done, found = report("--notation", "--date-field", "day", tmp_path, tmp_path / "report.html")
    assert done.exit_code == 1
    assert found.data["periods"] == []


def test_a_date_field_that_no_text_has(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,date\nOl Maryda boldy.,2022-05-14\n", encoding="utf8")
    done = run(app, ["report", str(tmp_path), "--date-field", "day", "-o", str(tmp_path / "report.html")])
    assert (done.exit_code, done.stderr) == (
        1,
        "no text has the field 'day', expected a key or column: --date-field NAME\n",
    )
    assert not (tmp_path / "report.html").exists()


# --- pairs and places ------------------------------------------------------------------------------------------------


def test_pairs_are_counted_by_text() -> None:
    texts = [
        "Ibrahim Kalyn Bengazide boldy. Kalyn Bengazä geldi.",
        "Halife Haftar Bengazide.",
        "Ibrahim Kalyn Bengazide.",
    ]
    found = of(texts).data
    names = [name["name"] for name in found["names"]]
    pairs = {(names[one], names[other]): number for one, other, number in found["pairs"]}
    assert pairs == {("Bengazi", "Ibrahim Kalyn"): 2, ("Bengazi", "Halife Haftar"): 1}
    assert found["names"][names.index("Halife Haftar")]["friends"] == [[names.index("Bengazi"), 1]]


def test_a_network_has_its_names_inside() -> None:
    pairs = {(0, 1): 4, (1, 2): 1, (3, 4): 2, (5, 6): 1}
    drawn = figures.network(dict.fromkeys(range(7), 3), dict.fromkeys(range(7), "Ibrahim Kalyn"), pairs)
    assert len(drawn.lines) == len(pairs)
    assert sorted(point.place for point in drawn.points) == list(range(7))
    for point in drawn.points:
        assert 0 < point.x < figures.WIDTH
        assert 0 < point.y < figures.HEIGHT
        assert point.caption
    assert drawn == figures.network(dict.fromkeys(range(7), 3), dict.fromkeys(range(7), "Ibrahim Kalyn"), pairs)


def test_a_map_keeps_directions() -> None:
    """Aşgabat is south of Moscow, west of Peking; all are on the map, and the graticule says the same."""
    where = {0: (37.95, 58.38), 1: (55.75, 37.62), 2: (39.91, 116.4)}
    drawn = figures.world(where, {0: 5, 1: 2, 2: 1}, {0: "Aşgabat", 1: "Moskwa", 2: "Pekin"})
    at = {point.place: point for point in drawn.points}
    assert at[1].y < at[0].y
    assert at[1].x < at[0].x < at[2].x
    assert at[0].radius > at[1].radius > at[2].radius
    assert all(0 < point.x < figures.WIDTH and 0 < point.y < drawn.height for point in drawn.points)
    lines = {caption.text: caption.x for caption in drawn.degrees if caption.text[-1] in "EW"}
    assert lines["35°E"] < at[1].x < lines["40°E"] < lines["55°E"] < at[0].x < lines["60°E"]
    assert drawn.towns.count("M") > 100


@pytest.mark.parametrize("place", [(0.0, 0.0), (89.0, 179.9), (-89.0, -180.0)])
def test_a_map_of_one_place(place: tuple[float, float]) -> None:
    drawn = figures.world({0: place}, {0: 1}, {0: "At"})
    assert len(drawn.points) == 1
    assert 0 <= drawn.points[0].x <= figures.WIDTH


def test_listed_places_have_coordinates() -> None:
    texts = (path.read_text(encoding="utf8") for path in (ROOT / "patterns").glob("*.yaml"))
    ids = {kb for text in texts for kb in re.findall(r"\bkb: *[\"']?(\w+:\w+)", text)}
    known = figures.gazetteer()["places"]
    missing = sorted(ids - set(known))
    assert len(known) > 3500
    assert missing == ["iso3166:AQ", "iso3166:BV", "iso3166:HM", "iso3166:UM"], "run tools/build_coordinates.py"
    assert all(-90 <= north <= 90 and -180 <= east <= 180 for north, east in known.values())
    north, east = known["geonames:88319"]
    assert (round(north), round(east)) == (32, 20)


# --- what must not harm ----------------------------------------------------------------------------------------------


def test_names_that_are_code_are_text(tmp_path: Path) -> None:
    long = " ".join(["Köne" * 11] * 22)
    assert len(long) > 980
    evil = "Köne<script>alert(1)</script>"
    mine = [{"label": "CITY", "id": "evil", "pattern": evil}, {"label": "DRUG", "id": "long", "pattern": long}]
    texts = [f"Ol {evil} we {long} barada. </script><!-- \u2028 \ud800 \x00 \x1b[31m", "𐐀 Ol Maryda boldy."]
    found = of(texts, ["</script><b>.txt", "\udcff.txt"], patterns=mine, title=f"{EVIL}\udcff", unread=1)
    assert not [script for script in found.scripts if "alert(1)" in script]
    assert len(found.scripts) == 2
    names = {name["name"] for name in found.data["names"]}
    assert {evil, long} <= names
    assert EVIL in found.text
    sentence, start, end = next(n for n in found.data["names"] if n["name"] == "Mary")["places"]
    assert found.data["sentences"][sentence][1].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == "Maryda"


def test_nothing_is_loaded_and_only_our_scripts_run(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    _, found = report("--notation", *SEEDS, path)
    assert found.loaded == []
    html = path.read_text(encoding="utf8")
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1])
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    for script in found.scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_same_texts_give_the_same_report(tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    report("--notation", *SEEDS, one)
    report("--notation", "-j", "2", *SEEDS, two)
    assert one.read_bytes() == two.read_bytes()


# --- the command -----------------------------------------------------------------------------------------------------


def test_a_text_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Ol Maryda boldy.")
    (tmp_path / "b.txt").write_bytes(b"\xff\xff")
    done, found = report(tmp_path, tmp_path / "report.html")
    assert done.exit_code == 1
    assert "b.txt: byte 0 is not UTF-8" in done.stderr
    assert "Texts that could not be read: 1." in found.text
    assert [name["name"] for name in found.data["names"]] == ["Mary"]


def test_the_number_of_texts_is_known_beforehand(tmp_path: Path) -> None:
    """For the progress bar, without reading files of many texts."""
    (tmp_path / "a.txt").write_text("a\nb\n", encoding="utf8")
    (tmp_path / "b.jsonl").write_text('{"text": ""}\n' * 5, encoding="utf8")
    paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.jsonl")]
    assert inputs.number_of(paths[:1]) == 1
    assert inputs.number_of(paths) is None
    assert inputs.number_of([paths[0], "-"]) is None


def test_texts_without_names(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("şu gün howa salkyn", encoding="utf8")
    done, found = report(tmp_path, tmp_path / "report.html")
    assert (done.exit_code, found.data["names"], found.data["pairs"]) == (0, [], [])
    assert "No place has coordinates" in found.text


@pytest.mark.parametrize(
    ("output", "says"),
    [("missing/report.html", "report.html: cannot be written (No such file"), ("a.txt", "a.txt is among the texts")],
)
def test_outputs_that_cannot_be(output: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ol Maryda boldy.", encoding="utf8")
    done = run(app, ["report", str(tmp_path / "a.txt"), "-o", str(tmp_path / output)])
    assert done.exit_code
    assert says in done.stderr
    assert (tmp_path / "a.txt").read_text(encoding="utf8") == "Ol Maryda boldy."


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ol Maryda boldy.", encoding="utf8")
    monkeypatch.setitem(sys.modules, "networkx", None)
    monkeypatch.delitem(sys.modules, "turkmen_ner.web.figures")
    monkeypatch.delitem(sys.modules, "turkmen_ner.web.report")
    monkeypatch.delattr("turkmen_ner.web.figures")
    monkeypatch.delattr("turkmen_ner.web.report")
    done = run(app, ["report", str(tmp_path), "-o", str(tmp_path / "report.html")])
    assert (done.exit_code, done.stderr) == (1, "report needs networkx: pip install 'turkmen_ner[report]'\n")


def test_memory_does_not_grow_with_mentions() -> None:
    """Of a name said ten thousand times only the first mentions are kept."""
    texts = ["Ol Maryda boldy. " * 100] * 100
    nlp = turkmen_ner.load()
    found = (("a", "a", tagged) for tagged in turkmen_ner.tag_many(texts, nlp=nlp))
    corpus = collect(found, nlp=nlp, most=7)
    ((key, row),) = corpus.counts.items()
    assert (row.mentions, len(corpus.names[key].mentions)) == (10_000, 7)
    assert [row] == count(texts)


def test_the_examples_of_the_help_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "2022-05-14.txt").write_text("Ol Maryda boldy.", encoding="utf8")
    (tmp_path / "news.jsonl").write_text('{"body": "Ol Maryda boldy.", "published": "2022"}', encoding="utf8")
    lines = [line.strip() for line in run(app, ["report", "--help"]).stdout.splitlines()]
    examples = [line for line in lines if line.startswith("turkmen-ner report ")]
    assert len(examples) == 2
    for line in examples:
        done = run(app, line.split()[1:])
        assert (done.exit_code, done.stdout) == (0, "report.html: 1 text, 1 name, 1 mention\n")
