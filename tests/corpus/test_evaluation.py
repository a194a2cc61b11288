"""Evaluation against marked documents, and the command `evaluate`."""

import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

import pytest
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli.app import app
from turkmen_ner.corpus.evaluation import (
    Compared,
    Document,
    Error,
    compare,
    errors,
    evaluate,
    labels_of,
    read_gold,
    report,
    schemes,
    scores,
)

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("[0-9]*.txt"))
SHARED = ROOT.parent / "shared"
run = CliRunner().invoke

TEXT = "Kalyn BMG-nyň «Berkarar» gämisinde Türkiýe-Liwiýa duşuşygyna gatnaşdy. Aşgabat türkmenleri garşy aldy."


def spans(*marked: tuple[str, str]) -> tuple[tuple[int, int, str], ...]:
    """The spans of words of TEXT."""
    return tuple((TEXT.index(word), TEXT.index(word) + len(word), label) for word, label in marked)


GOLD = spans(("Kalyn", "PERSON"), ("BMG-nyň", "BODY"), ("Berkarar", "SHIP"), ("türkmenleri", "MISC"))
DOCUMENT = Document("d", TEXT, GOLD)
MARKED = "Sözçi [Nurdan Weliçko|PERSON] [Bengazide|CITY|Bengazi|Loc] boldy."
PLAIN = "Sözçi Nurdan Weliçko Bengazide boldy."


# --- reading ---------------------------------------------------------------------------------------------------------

PERSON_CITY = [[6, 20, "PERSON"], [21, 30, "CITY"]]
OBJECTS = [{"start": 6, "end": 20, "label": "PERSON"}, {"start": 21, "end": 30, "label": "CITY"}]
OFFSETS = [{"id": 7, **{("label" if k == "label" else f"{k}_offset"): v for k, v in row.items()}} for row in OBJECTS]
ROWS = {
    "ours": {"id": "1", "text": PLAIN, "spans": OBJECTS},
    "spaCy": {"id": "1", "text": PLAIN, "entities": PERSON_CITY},
    "spaCy 2": [PLAIN, {"id": "1", "entities": PERSON_CITY}],
    "doccano": {"id": 1, "text": PLAIN, "label": PERSON_CITY},
    "doccano with relations": {"id": 1, "text": PLAIN, "relations": [], "entities": OFFSETS},
}
DOCUMENTS = [Document("1", PLAIN, ((6, 20, "PERSON"), (21, 30, "CITY")))]


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_every_way_of_writing_gives_the_same(kind, suffix, tmp_path):
    path = tmp_path / f"gold{suffix}"
    text = json.dumps([ROWS[kind]] if suffix == ".json" else ROWS[kind], ensure_ascii=False)
    path.write_text(f"\n{text}\n\n", encoding="utf-8-sig")
    assert list(read_gold(path)) == DOCUMENTS


def test_bracket_notation_folders_and_what_tag_prints(tmp_path):
    (tmp_path / "1.txt").write_text(MARKED, encoding="utf-8")
    assert list(read_gold(tmp_path / "1.txt")) == DOCUMENTS
    (tmp_path / "inside").mkdir()
    tagged = run(app, ["tag", "-f", "jsonl"], input=PLAIN).stdout
    (tmp_path / "inside" / "2.jsonl").write_text(tagged, encoding="utf-8")
    (tmp_path / "notes.md").write_text("no documents", encoding="utf-8")
    assert [document.spans for document in read_gold(tmp_path)] == [DOCUMENTS[0].spans] * 2


def test_a_document_without_an_id_is_known_by_its_line(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text('\n{"text": "Bengazi", "spans": []}\n', encoding="utf-8")
    assert next(read_gold(path)).id == f"{path}:2"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("a.csv", "", "a.csv: found the ending '.csv', expected one of .jsonl"),
        ("a.txt", "[Bengazi|CITY", "a.txt: column 1: a bracket that is never closed"),
        ("a.jsonl", '{"text": "x", "spans": []}\n{', "a.jsonl:2: not well-formed JSON"),
        ("a.json", "{", "a.json: not well-formed JSON"),
        ("a.json", '[{"spans": []}]', "a.json document 1: expected an object with the key text"),
        ("a.jsonl", "5", "a.jsonl:1: expected an object"),
        ("a.jsonl", '{"text": "x"}', "a.jsonl:1: expected a list of marked names under one of the keys spans"),
        ("a.jsonl", '{"text": "x", "spans": [5]}', "a.jsonl:1: spans 1: found 5, expected [start, end, label]"),
        ("a.jsonl", '{"text": "x", "spans": [[0, 2, "CITY"]]}', "found 0 to 2, expected offsets in Python characters"),
        ("a.jsonl", '{"text": "x", "spans": [[0, 0, "CITY"]]}', "found 0 to 0, expected offsets"),
        ("a.jsonl", '{"text": "x", "spans": [[true, 1, "CITY"]]}', "found True to 1, expected offsets"),
        ("a.jsonl", '{"text": "x", "spans": [{"start": 0, "label": "CITY"}]}', "found 0 to None, expected offsets"),
        ("a.jsonl", '{"text": "x", "label": [[0, 1, ""]]}', "label 1: found the label '', expected some text"),
        ("a.jsonl", '{"text": "Mary", "entities": [{"start": 0, "end": 2, "label": "CITY", "text": "Mary"}]}',
         "entities 1: found 'Ma' from 0 on, expected 'Mary'"),
    ],
)  # fmt: skip
def test_what_is_not_well_formed(name, content, complaint, tmp_path):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(complaint)):
        list(read_gold(path))
    result = run(app, ["evaluate", str(path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert complaint in result.stderr


# --- comparing and scoring -------------------------------------------------------------------------------------------


def test_a_name_counts_by_the_words_it_touches():
    found = spans(("Kalyn", "PERSON"), ("BMG", "BODY"), ("«Berkarar»", "SHIP"))
    compared = compare(DOCUMENT, found)
    assert compared.gold == compared.found == set(GOLD[:3])


def test_what_is_neither_right_nor_wrong_is_left_out():
    found = spans(("türkmenleri garşy", "BODY"), ("Aşgabat", "CITY"))
    compared = compare(DOCUMENT, found)
    assert compared.found == set(spans(("Aşgabat", "CITY")))
    assert compared.left_out == set(spans(("türkmenleri garşy", "BODY")))
    counted = compare(DOCUMENT, found, neutral=())
    assert counted.gold == set(GOLD)
    assert counted.found == set(found)
    assert compare(DOCUMENT, found, neutral=("MISC", "CITY")).found == frozenset()


def test_only_the_labels_asked_for_count():
    compared = compare(DOCUMENT, spans(("Kalyn", "CITY"), ("BMG-nyň", "BODY")), labels=("BODY",))
    assert compared.gold == compared.found == set(spans(("BMG-nyň", "BODY")))


FOUND = spans(("Kalyn", "CITY"), ("BMG-nyň", "BODY"), ("Berkarar» gämisinde", "SHIP"), ("Aşgabat", "CITY"))


def test_scores_by_hand():
    rows = {score.label: score for score in scores([compare(DOCUMENT, FOUND)])}
    assert list(rows) == ["PERSON", "CITY", "BODY", "SHIP", "all", "span only"]
    assert rows["BODY"] == ("BODY", 1, 1, 1, 1, 1, 1)
    assert rows["PERSON"] == ("PERSON", 1, 0, 0, 0, 0, 0)
    assert rows["all"] == ("all", 3, 4, 1, *map(pytest.approx, (1 / 4, 1 / 3, 2 / 7)))
    assert rows["span only"] == ("span only", 3, 4, 2, *map(pytest.approx, (2 / 4, 2 / 3, 4 / 7)))


def test_labels_of_ones_own_come_behind():
    compared = Compared(DOCUMENT, frozenset({(0, 5, "YACHT"), (6, 13, "BODY")}), frozenset({(0, 5, "DATE")}))
    assert labels_of([compared]) == ["BODY", "DATE", "YACHT"]
    assert [score.label for score in scores([compared])] == ["BODY", "DATE", "YACHT", "all", "span only"]


def test_names_that_overlap_are_counted_as_they_are():
    inside = Document("d", TEXT, ((0, 5, "PERSON"), (0, 13, "BODY"), (6, 13, "BODY")))
    score = scores([compare(inside, inside.spans)])[-2]
    assert (score.gold, score.found, score.right, score.f1) == (3, 3, 3, 1)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_spacy_and_sets_agree(path):
    """The numbers are those of sets, the shares those of spaCy: P is right by found, R right by marked."""
    compared = evaluate(read_gold(path))
    for score in scores(compared):
        assert score.precision == pytest.approx(score.right / score.found if score.found else 0)
        assert score.recall == pytest.approx(score.right / score.gold if score.gold else 0)


def test_the_component_itself_scores_alike():
    """spaCy's own way, where MISC is missing annotation."""
    from spacy.training import Example

    nlp = turkmen_ner.load()
    documents = [document for path in SEEDS for document in read_gold(path)]
    examples = []
    for document in documents:
        blank = nlp.make_doc(document.text)
        ents = [blank.char_span(*span, alignment_mode="expand") for span in document.spans]
        misc = [ent for ent in ents if ent.label_ == "MISC"]
        reference = blank.copy()
        reference.set_ents([ent for ent in ents if ent.label_ != "MISC"], missing=misc)
        examples.append(Example(blank, reference))
    theirs = nlp.evaluate(examples)
    ours = {score.label: score for score in scores(evaluate(documents, nlp=nlp))}
    assert ours["all"].gold > 400
    assert (theirs["ents_p"], theirs["ents_r"], theirs["ents_f"]) == pytest.approx(ours["all"][-3:])
    for label, score in theirs["ents_per_type"].items():
        assert (score["p"], score["r"], score["f"]) == pytest.approx(ours[label][-3:])


def test_another_kind_of_file_is_refused(tmp_path):
    (tmp_path / "gold.csv").write_text("")
    with pytest.raises(ValueError, match=r"gold\.csv: found the ending '\.csv', expected one of"):
        list(read_gold(tmp_path / "gold.csv"))


def test_nervaluate_of_nothing():
    pytest.importorskip("nervaluate")
    assert schemes([]) == []


def test_nervaluate_by_hand():
    pytest.importorskip("nervaluate")
    rows = {(row.label, row.scheme): row for row in schemes([compare(DOCUMENT, FOUND)])}
    counts = {scheme: rows["all", scheme][2:7] for scheme in ("strict", "exact", "partial", "ent_type")}
    assert counts == {
        "strict": (1, 2, 0, 0, 1),
        "exact": (2, 1, 0, 0, 1),
        "partial": (2, 0, 1, 0, 1),
        "ent_type": (2, 1, 0, 0, 1),
    }
    assert rows["all", "partial"].precision == pytest.approx(2.5 / 4)
    assert rows["BODY", "strict"][2:7] == (1, 0, 0, 0, 0)


def test_nervaluate_strict_is_the_score_of_spacy():
    pytest.importorskip("nervaluate")
    compared = evaluate(document for path in SEEDS for document in read_gold(path))
    strict = {row.label: row for row in schemes(compared) if row.scheme == "strict"}
    for score in scores(compared)[:-1]:
        assert strict[score.label][-3:] == pytest.approx(score[-3:])
    exact = next(row for row in schemes(compared) if (row.label, row.scheme) == ("all", "exact"))
    assert exact[-3:] == pytest.approx(scores(compared)[-1][-3:])


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold documents are not here")
@pytest.mark.parametrize("name", ["seed", "dev"])
def test_scores_are_those_of_the_shared_scorer(name):
    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    shared = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shared)
    path = SHARED / "gold" / f"{name}.jsonl"
    counts: dict[str, Counter] = {}
    for _, gold, found in shared.compare(shared.load(path), turkmen_ner.tag):
        sides = {label: [{s for s in side if s[2] == label} for side in (gold, found)] for label in shared.FINE}
        sides |= {"all": [gold, found], "span only": [{s[:2] for s in side} for side in (gold, found)]}
        for label, (g, f) in sides.items():
            counts.setdefault(label, Counter()).update(tp=len(g & f), fp=len(f - g), fn=len(g - f))
    for score in scores(evaluate(read_gold(path))):
        count = counts[score.label]
        assert score[1:4] == (count["tp"] + count["fn"], count["tp"] + count["fp"], count["tp"])
        assert score[4:] == pytest.approx(shared.prf(count["tp"], count["fp"], count["fn"]))


# --- errors ----------------------------------------------------------------------------------------------------------

BODY, CITY, PERSON = (6, 13, "BODY"), (71, 78, "CITY"), (0, 5, "PERSON")


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ([PERSON], [PERSON], []),
        ([PERSON], [], [("missed", PERSON, ())]),
        ([], [CITY], [("false", None, (CITY,))]),
        ([PERSON], [(0, 5, "CITY")], [("wrong label", PERSON, ((0, 5, "CITY"),))]),
        ([BODY], [(0, 13, "BODY")], [("wrong boundary", BODY, ((0, 13, "BODY"),))]),
        ([BODY], [(0, 13, "CITY")], [("wrong label and boundary", BODY, ((0, 13, "CITY"),))]),
        (
            [(0, 13, "BODY")],
            [PERSON, BODY],
            [("wrong boundary", (0, 13, "BODY"), (BODY, PERSON))],
        ),
        (
            [PERSON, BODY, CITY],
            [(0, 13, "BODY"), CITY],
            [
                ("wrong label and boundary", PERSON, ((0, 13, "BODY"),)),
                ("wrong boundary", BODY, ((0, 13, "BODY"),)),
            ],
        ),
    ],
)
def test_errors(gold, found, expected):
    wrong = errors(Compared(DOCUMENT, frozenset(gold), frozenset(found)))
    assert [(error.kind, error.gold, error.found) for error in wrong] == expected
    assert all(isinstance(error, Error) for error in wrong)


def test_report_is_plain():
    found = report([compare(DOCUMENT, (*FOUND, GOLD[3]))], 2)
    assert json.loads(json.dumps(found)) == found
    assert (found["documents"], found["left_out"]) == (1, 1)
    assert found["kinds"] == {"wrong label": 1, "wrong boundary": 1, "false": 1}
    assert found["errors"] == [
        {
            "kind": "wrong label",
            "document": "d",
            "gold": [{"start": 0, "end": 5, "label": "PERSON", "text": "Kalyn"}],
            "found": [{"start": 0, "end": 5, "label": "CITY", "text": "Kalyn"}],
            "context": "[Kalyn] BMG-nyň «Berkarar» gämisinde …",
        },
        {
            "kind": "wrong boundary",
            "document": "d",
            "gold": [{"start": 15, "end": 23, "label": "SHIP", "text": "Berkarar"}],
            "found": [{"start": 15, "end": 34, "label": "SHIP", "text": "Berkarar» gämisinde"}],
            "context": "Kalyn BMG-nyň «[Berkarar]» gämisinde Türkiýe-Liwiýa duşuşygyna …",
        },
    ]


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path):
    """Weliçko is marked as a city, Norgil is on no list and nothing says what it is, NATO is not marked."""
    path = tmp_path / "gold.txt"
    path.write_text(
        "Sözçi [Nurdan Weliçko|CITY] [Bengazide|CITY] boldy. NATO howa barada aýtdy. [Baýramy|MISC] bar.\n",
        encoding="utf-8",
    )
    return path


def test_tables(gold):
    pytest.importorskip("nervaluate")
    result = run(app, ["evaluate", str(gold), "--errors", "5"])
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["gold", "found", "right", "P", "R", "F1", "strict", "exact", "partial", "ent_type"]
    table = {line[:10].strip(): line[10:].split() for line in lines[1:6]}
    assert list(table) == ["PERSON", "CITY", "BODY", "all", "span only"]
    assert table["CITY"] == ["2", "1", "1", "1.000", "0.500", "0.667", "0.667", "0.667", "0.667", "0.667"]
    assert table["span only"] == ["2", "3", "2", "0.667", "1.000", "0.800"]
    assert "strict              1          1          0          0          1" in lines
    assert "1 document; left out as neither right nor wrong: 0 names found" in lines
    assert "1 wrong label, 1 false" in lines
    after = lines[lines.index("wrong label  (gold)") :]
    assert after[1:4] == [
        "  gold   CITY     Nurdan Weliçko",
        "  found  PERSON   Nurdan Weliçko",
        "  Sözçi [Nurdan Weliçko] Bengazide boldy. NATO howa barada …",
    ]
    assert after[5:7] == ["false  (gold)", "  found  BODY     NATO"]


def test_json_and_the_settings(gold):
    def found(*options: str) -> dict:
        result = run(app, ["evaluate", str(gold), "-f", "json", *options])
        assert result.exit_code == 0
        return json.loads(result.stdout)

    plain = found()
    assert {label: score["right"] for label, score in plain["scores"].items()} == {
        "PERSON": 0, "CITY": 1, "BODY": 0, "all": 1, "span only": 2
    }  # fmt: skip
    assert plain["errors"] == []
    assert sum(plain["kinds"].values()) == 2
    assert found("--no-infer")["scores"]["all"]["found"] == 2
    assert found("--label", "CITY")["scores"]["all"]["gold"] == 2
    assert found("--ignore", "")["scores"]["MISC"]["gold"] == 1
    assert found("--ignore", "BODY")["scores"]["MISC"]["gold"] == 1
    assert found("-j", "2") == plain


def test_labels_that_are_never_found_are_reported(tmp_path):
    pytest.importorskip("nervaluate")
    path = tmp_path / "gold.txt"
    path.write_text("[Bengazide|LOC] boldy.", encoding="utf-8")
    result = run(app, ["evaluate", str(path)])
    assert result.exit_code == 0
    assert "LOC: not among the labels BODY, CITY" in result.stderr
    result = run(app, ["evaluate", "--labels", "conll", "-f", "json", str(path)])
    assert result.stderr == ""
    assert json.loads(result.stdout)["scores"]["LOC"]["f1"] == 1


@pytest.mark.parametrize("options", [[], ["--label", "SHIP"], ["--ignore", "CITY"]])
def test_nothing_to_score(options, tmp_path):
    path = tmp_path / "gold.txt"
    path.write_text("Bengazide boldy." if not options else "[Bengazide|CITY] boldy.", encoding="utf-8")
    result = run(app, ["evaluate", str(path), *options])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "gold.txt: no name is marked" in result.stderr


def test_exit_code_of_a_low_score(gold):
    assert run(app, ["evaluate", str(gold), "--min-f1", "0.4"]).exit_code == 0
    result = run(app, ["evaluate", str(gold), "--min-f1", "0.41"])
    assert result.exit_code == 1
    assert result.stdout
    assert run(app, ["evaluate"]).exit_code == 2
    missing = run(app, ["evaluate", str(gold.parent / "nowhere.jsonl")])
    assert (missing.exit_code, missing.stdout) == (1, "")
    assert "nowhere.jsonl: cannot be read (No such file" in missing.stderr


def test_without_nervaluate(gold, monkeypatch):
    monkeypatch.setitem(sys.modules, "nervaluate", None)
    with pytest.raises(ImportError, match=r"pip install 'turkmen_ner\[evaluate\]'"):
        schemes([compare(DOCUMENT, FOUND)])
    result = run(app, ["evaluate", str(gold)])
    assert result.exit_code == 0
    assert "nervaluate is not installed" in result.stderr
    assert result.stdout.splitlines()[0].split() == ["gold", "found", "right", "P", "R", "F1"]
    assert "strict" not in result.stdout
    assert json.loads(run(app, ["evaluate", str(gold), "-f", "json"]).stdout)["nervaluate"] is None
