"""The counting of benchmarks/ on documents small enough to count by hand, and the scripts on one article."""

import importlib.util
from collections import namedtuple
from pathlib import Path

import pytest
import quality
import report
import robustness
import scoring
import speed
import systems
from scoring import Count

from turkmen_ner.corpus.evaluation import Compared, Document, compare, read_gold
from turkmen_ner.orthography.segmentation import spelled

ROOT = Path(__file__).parents[2]
SCORE = ROOT.parent / "shared" / "tools" / "score.py"

Found = namedtuple("Found", "start end label")

TEXT = "Kalyn BMG-nyň «Berkarar» gämisinde Türkiýe-Liwiýa duşuşygyna gatnaşdy. Aşgabat türkmenleri garşy aldy."


def spans(*marked):
    """The spans of words of TEXT."""
    return tuple((TEXT.index(word), TEXT.index(word) + len(word), label) for word, label in marked)


GOLD = spans(
    ("Kalyn", "PERSON"), ("BMG-nyň", "BODY"), ("Berkarar", "SHIP"), ("Türkiýe", "COUNTRY"), ("Liwiýa", "COUNTRY"),
    ("türkmenleri", "MISC"),
)  # fmt: skip
FOUND = {
    "all right": GOLD[:5],
    "none": (),
    "without its suffix": spans(("BMG", "BODY"), ("Kalyn", "PERSON")),
    "with quotes": spans(("«Berkarar»", "SHIP")),
    "another label": spans(("Kalyn", "CITY"), ("Liwiýa", "REGION")),
    "not wrong": spans(("türkmenleri garşy", "BODY")),
    "invented": spans(("Aşgabat", "CITY")),
    "a label of somebody else": spans(("Aşgabat", "DATE")),
    "too long": spans(("BMG-nyň «Berkarar", "BODY")),
}
COUNTS = {  # fine, coarse, span only
    "all right": (Count(5, 0, 0), Count(5, 0, 0), Count(5, 0, 0)),
    "none": (Count(0, 0, 5), Count(0, 0, 5), Count(0, 0, 5)),
    "without its suffix": (Count(2, 0, 3), Count(2, 0, 3), Count(2, 0, 3)),
    "with quotes": (Count(1, 0, 4), Count(1, 0, 4), Count(1, 0, 4)),
    "another label": (Count(0, 2, 5), Count(1, 1, 4), Count(2, 0, 3)),
    "not wrong": (Count(0, 0, 5), Count(0, 0, 5), Count(0, 0, 5)),
    "invented": (Count(0, 1, 5), Count(0, 1, 5), Count(0, 1, 5)),
    "a label of somebody else": (Count(0, 0, 5), Count(0, 0, 5), Count(0, 0, 5)),
    "too long": (Count(0, 1, 5), Count(0, 1, 5), Count(0, 1, 5)),
}
DOCUMENT = Document("d", TEXT, GOLD)


@pytest.mark.parametrize("case", FOUND)
def test_counts_by_hand(case):
    rows = scoring.counts(compare(DOCUMENT, FOUND[case], labels=scoring.FINE))
    assert (rows["fine"], rows["coarse"], rows["span only"]) == COUNTS[case]


@pytest.mark.skipif(not SCORE.is_file(), reason="the shared scorer is not here")
@pytest.mark.parametrize("case", FOUND)
def test_counts_as_the_shared_scorer(case):
    spec = importlib.util.spec_from_file_location("score", SCORE)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    gold_row = {"id": "d", "text": TEXT, "spans": [dict(zip(("start", "end", "label"), s, strict=True)) for s in GOLD]}
    theirs = next(iter(score.compare([gold_row], lambda _: [Found(*s) for s in FOUND[case]])))
    ours = compare(DOCUMENT, FOUND[case], labels=scoring.FINE)
    assert (set(ours.gold), set(ours.found)) == theirs[1:]
    count = scoring.counts(ours)["fine"]
    assert (count.precision, count.recall, count.f1) == pytest.approx(score.prf(*count))
    assert score.FINE == scoring.FINE
    alike = [
        {a for a in scoring.FINE if coarse[a] == coarse[b]}
        for coarse in (score.COARSE, scoring.COARSE)
        for b in scoring.FINE
    ]
    assert alike[: len(alike) // 2] == alike[len(alike) // 2 :]


def test_precision_recall_f1():
    count = Count(3, 1, 2)
    assert (count.precision, count.recall, count.f1, count.gold) == pytest.approx((3 / 4, 3 / 5, 6 / 9, 5))
    assert (Count().precision, Count().recall, Count().f1) == (0, 0, 0)


def test_total_adds_documents():
    two = [compare(DOCUMENT, FOUND[case]) for case in ("all right", "another label")]
    assert scoring.total(two)["fine"] == Count(5, 2, 5)
    assert scoring.total(two)["PERSON"] == Count(1, 0, 1)
    assert scoring.total([])["fine"] == Count()


def test_interval_is_about_documents_and_repeatable():
    parts = [Count(9, 1, 1), Count(5, 5, 5), Count(8, 2, 2)]
    low, high = scoring.interval(parts, samples=200)
    assert 0.5 <= low < 0.74 < high <= 0.9
    assert (low, high) == scoring.interval(parts, samples=200)
    assert scoring.interval([Count(9, 1, 1)], samples=50) == pytest.approx((0.9, 0.9))


@pytest.mark.parametrize(
    ("gold", "found", "kinds"),
    [
        ([(0, 5, "PERSON")], [(0, 5, "PERSON")], []),
        ([(0, 5, "PERSON")], [(0, 5, "CITY")], ["CITY for PERSON"]),
        ([(0, 5, "PERSON")], [], ["PERSON missed"]),
        ([], [(0, 5, "PERSON")], ["PERSON invented"]),
        ([(0, 9, "BODY")], [(0, 5, "BODY")], ["BODY without its end"]),
        ([(0, 9, "BODY")], [(3, 9, "BODY")], ["BODY without its beginning"]),
        ([(0, 9, "BODY")], [(0, 4, "CITY"), (5, 9, "BODY")], ["BODY cut in two"]),
        ([(0, 5, "BODY")], [(0, 9, "BODY")], ["BODY too long"]),
        (
            [(0, 4, "BODY"), (5, 9, "CITY")],
            [(0, 9, "BODY")],
            ["BODY joined with its neighbour", "CITY joined with its neighbour"],
        ),
    ],
)
def test_kinds_of_error(gold, found, kinds):
    errors = scoring.kinds(Compared(DOCUMENT, frozenset(gold), frozenset(found)))
    assert [kind for kind, _ in errors] == kinds


def test_common_kinds_are_in_a_fixed_order():
    errors = [(kind, (0, 1, "X")) for kind in ("b", "a", "c", "c")]
    assert scoring.common(errors, 2) == [("c", 2), ("a", 1)]


def test_every_example_marks_one_mention():
    examples = quality.read_examples()
    assert len(examples) > 20
    for kind, (example, why) in examples.items():
        assert kind.split()[0] in scoring.FINE, kind
        assert example.count("[") == example.count("]") == 1, kind
        assert why.endswith((".", "?")), kind


def test_pages_without_markers_are_left_alone(tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text("# Page\n", encoding="utf8")
    assert not report.write(page, "quality", "new")
    assert page.read_text(encoding="utf8") == "# Page\n"
    assert "quality:start" in capsys.readouterr().err
    page.write_text("a\n<!-- quality:start -->\nold\n<!-- quality:end -->\nb\n", encoding="utf8")
    assert report.write(page, "quality", "new")
    assert report.write(page, "quality", "newer")
    assert page.read_text(encoding="utf8") == "a\n<!-- quality:start -->\nnewer\n<!-- quality:end -->\nb\n"


@pytest.fixture(scope="module")
def seed():
    return next((ROOT / "seeds").glob("01-*.txt"))


def test_seed_is_read_as_a_gold_document(seed):
    document = next(read_gold(seed))
    assert {label for _, _, label in document.spans} <= {*scoring.FINE, "MISC"}
    assert "[" not in document.text
    assert "Hakan Fidan" in [document.text[start:end] for start, end, _ in document.spans]


def test_stages_leave_the_library_as_it_was(seed):
    from turkmen_ner.recognition import document

    before = dict(vars(document))
    rows = quality.stages([next(read_gold(seed))])
    assert vars(document) == before
    f1 = {name: scoring.total(compared)["coarse"].f1 for name, compared in rows.items()}
    assert next(iter(f1)) == "lists only"
    assert f1["+ document"] > 0.8
    assert f1["+ document"] >= f1["+ finding (all persons)"]


def test_quality_prints_its_tables(seed, capsys, monkeypatch):
    monkeypatch.setattr(quality, "GOLD", Path("nowhere"))
    assert quality.main(["--seeds", str(seed), "--samples", "20"]) == 0
    printed = capsys.readouterr().out
    for part in ("95 % interval", "By label", "lists only", "The commonest errors left"):
        assert part in printed


def test_blind_takes_whole_entries_out(seed):
    document = next(read_gold(seed))
    ids = quality.blinded([document])
    assert len(ids) == len(set(ids)) > 3
    assert "tripoli" in " ".join(ids)


def test_speed_measures_every_pipeline(seed):
    text = next(read_gold(seed)).text
    rows = speed.throughput([text], tokens=300, rounds=1)
    assert [name for name, *_ in rows] == [*speed.pipelines(), "bare tk, entities known beforehand"]
    bare = rows[1]
    assert bare[3] == "1.00"
    assert all(float(cell) >= 0 for row in rows for cell in row[2:])  # 0.00 of the bare one, on a machine under load


def test_entities_known_beforehand_are_those_found(seed):
    nlp = speed.pipelines()["tk + turkmen_ner, everything"]()
    text = next(read_gold(seed)).text
    (known,) = speed.Known(nlp, [text]).pipe([text])
    found = [(ent.text, ent.label_, ent.id_) for ent in known.ents]
    assert found == [(ent.text, ent.label_, ent.id_) for ent in nlp(text).ents] != []


def test_ratio_is_the_median_of_the_rounds():
    assert speed.ratio([1, 2, 9], [1, 1, 1]) == "2.00"


def test_speed_needs_no_gold(monkeypatch):
    monkeypatch.setattr(speed, "GOLD", Path("nowhere"))
    found = speed.texts()
    assert len(found) > 10
    assert "|PERSON" not in "".join(found)


def test_a_process_of_its_own_reports_its_memory():
    row = speed.child("bare")
    assert row["seconds"] > 0
    assert row["used"] >= 0


def test_the_factory_is_imported_in_a_process_of_its_own():
    assert speed.child("factory")["seconds"] > 0


# --- other systems -------------------------------------------------------------------------------------------------


def fake(*found, labels=None, package="spacy"):
    """A system that finds these spans in every text."""
    own = {"labels": labels} if labels else {}
    return systems.System("fake", package, lambda _: lambda text: found, **own)


def test_other_systems_are_scored_by_coarse_labels():
    (document,) = systems.coarse([DOCUMENT])
    assert [label for _, _, label in document.spans] == ["PER", "ORG", "MISC", "LOC", "LOC", "MISC"]
    found = spans(("Kalyn", "PERSON"), ("BMG", "ORG"), ("Berkarar", "ORG"), ("Türkiýe", "GPE"), ("Aşgabat", "GPE"))
    found += spans(("Liwiýa", "NORP"))
    row = systems.measure(fake(*found, labels=systems.ONTONOTES), [DOCUMENT], samples=5)
    assert row[2:5] == ["0.750", "0.750", "0.750"]  # the ship is neither right nor wrong, NORP is no label of ours
    assert row[6:10] == ["1.000", "0.500", "1.000", "0.750"]
    assert len(row) == len(systems.HEAD)


def test_a_system_that_is_not_installed_keeps_its_row(capsys):
    absent = fake(package="no-such-package")
    first = systems.table([absent], [DOCUMENT], {})
    assert systems.NOT_MEASURED in first
    assert "no-such-package is not installed" in capsys.readouterr().err
    page = f"<!-- systems:start -->\n{systems.table([fake()], [DOCUMENT], {}, samples=5)}\n<!-- systems:end -->"
    before = systems.rows_of(page)
    assert systems.rows_of(page.replace("fake", "other")).keys() == {"other"}
    assert systems.table([absent], [DOCUMENT], before) in page
    assert systems.table([fake()], [DOCUMENT], {}, only=["another"]).count(systems.NOT_MEASURED) == 1


def test_our_own_rows():
    rows = {s.name: s for s in systems.SYSTEMS if s.package == "turkmen_ner"}
    found = {name: set(system.load([DOCUMENT])(TEXT)) for name, system in rows.items()}
    assert {label for _, _, label in found["turkmen_ner"]} >= set(systems.LABELS)
    assert found["turkmen_ner, lists only"] <= found["turkmen_ner"]
    assert found["turkmen_ner, blind"] < found["turkmen_ner"]


def test_systems_have_a_row_each():
    names = [system.name for system in systems.SYSTEMS]
    assert len(set(names)) == len(names)
    assert all("|" not in name for name in names)
    assert all(set(system.labels.values()) <= set(systems.LABELS) for system in systems.SYSTEMS)


def test_places_of_a_text_in_cyrillic():
    text = "Ýaponiýa, «Jeýhun», ÝUWENTUS, x"
    letters, places = systems.in_cyrillic(text)
    assert letters == "Япония, «Джейхун», Ювентус, кс".replace("Ювентус", letters[19:26])
    start = letters.index("Джейхун")
    assert text[places[start] : places[start + len("Джейхун")]] == "Jeýhun"
    assert places[-1] == len(text)
    assert len(places) == len(letters) + 1


@pytest.mark.parametrize("name", robustness.CHANGES)
def test_a_changed_text_keeps_its_mentions(name):
    change, _ = robustness.CHANGES[name]
    made = robustness.changed(Document("d", TEXT, GOLD), change)
    marked = [spelled(made.text[start:end]).replace("\n", " ").casefold() for start, end, _ in made.spans]
    assert marked == [TEXT[start:end].casefold() for start, end, _ in GOLD]


def test_lines_are_wrapped_at_the_width():
    text = "".join(robustness.wrapped(TEXT))
    assert text.replace("\n", " ") == TEXT
    assert max(map(len, text.split("\n"))) <= robustness.WIDTH
