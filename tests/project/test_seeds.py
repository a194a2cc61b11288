"""The project's own articles in bracket notation and the names of the source article: found, base form, case."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from scoring import total

import turkmen_ner
from turkmen_ner.corpus.bracket_notation import Marked, parse
from turkmen_ner.corpus.evaluation import Compared, Document, compare
from turkmen_ner.orthography.segmentation import key_words
from turkmen_ner.patterns.reader import LABELS

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
GOLD = ROOT.parent / "shared" / "gold" / "seed.jsonl"

CASES = ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl")

# Coarse F1 on all articles; what it was when this was written, less 0.01. Raise it when the rules get better.
MIN_F1 = 0.975

# Base form and case that are still wrong: article, as written, what is found, what is right, why.
# A row that is fixed fails the test: take it out.
KNOWN_ERRORS = """
02 | Halid eş-Şeýhi| Halid eş-Şeýh Acc  | Halid eş-Şeýhi Nom | Şeýh is on the lists, and -i is its accusative
02 | Afina         | Afiny Dat          | Afina Nom         | Afiny is on the lists too, and -y + a is its dative
05 | D.Gulmanowa   | D.Gulmanowa Nom    | D.Gulmanowa Dat   | the dative of -owa looks like its base form
06 | Mahaçkala     | Mahaçkala Nom      | Mahaçkala Dat     | the dative of -a looks like its base form
06 | Ýewropa       | Ýewropa Nom        | Ýewropa Dat       | the dative of -a looks like its base form
"""


def article(path: Path) -> tuple[str, tuple[Marked, ...]]:
    return parse(path.read_text(encoding="utf8"))


def compared(name: str, text: str, spans: Iterable[tuple[int, int, str]]) -> Compared:
    found = [(e.start, e.end, e.label) for e in turkmen_ner.tag(text)]
    return compare(Document(name, text, tuple(spans)), found)


def compared_article(path: Path) -> Compared:
    text, names = article(path)
    return compared(path.stem, text, [(n.start, n.end, n.label) for n in names])


# --- the articles --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_article_is_well_formed(path):
    text, names = article(path)
    assert "[" not in text
    assert "]" not in text
    assert 15 <= len([line for line in text.splitlines() if line]) <= 25
    for name in names:
        assert name.label in (*LABELS, "MISC")
        assert name.case in ("", *CASES)
        assert bool(name.case) == bool(name.name)
        surface = text[name.start : name.end]
        assert surface == surface.strip("«»“”\"'.,:;!? ")
        assert text[name.end : name.end + 1].isalpha() is False
        assert text[name.start - 1 : name.start].isalpha() is False or name.start == 0


def test_enough_articles_of_all_labels():
    assert len(SEEDS) >= 6
    counts = Counter(name.label for path in SEEDS for name in article(path)[1])
    assert set(counts) == {*LABELS, "MISC"}
    assert min(counts.values()) >= 10, counts


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_most_names_of_an_article(path):
    assert total([compared_article(path)])["coarse"].f1 >= 0.85


def test_names_of_all_articles():
    coarse = total(compared_article(path) for path in SEEDS)["coarse"]
    assert coarse.f1 >= MIN_F1, coarse


def _differences() -> Iterator[tuple[str, str, str, str]]:
    for path in SEEDS:
        text, names = article(path)
        found = {(e.start, e.end, e.label): e for e in turkmen_ner.tag(text)}
        for name in names:
            entity = found.get((name.start, name.end, name.label))
            if entity is None:
                continue
            base, case = name.name or entity.text, name.case or "Nom"
            if (key_words(entity.name), entity.case) != (key_words(base), case):
                yield path.stem[:2], entity.text, f"{entity.name} {entity.case}", f"{base} {case}"


def test_base_forms_and_cases():
    """Base form and case of every name that is found, without regard to capitals and hyphens."""
    known = [tuple(field.strip() for field in row.split("|"))[:4] for row in KNOWN_ERRORS.strip().splitlines()]
    wrong = list(_differences())
    assert set(wrong) - set(known) == set()
    assert set(known) - set(wrong) == set(), "fixed or no longer found: take it out of KNOWN_ERRORS"


# --- the source article --------------------------------------------------------------------------------------------

with open(ROOT / "seeds" / "mentions.tsv", encoding="utf8", newline="") as _file:
    MENTIONS = [tuple(row.values()) for row in csv.DictReader(_file, delimiter="\t")]


def test_mentions_are_there():
    assert len(MENTIONS) >= 28
    assert len({surface for surface, *_ in MENTIONS}) == len(MENTIONS)
    assert {label for _, label, *_ in MENTIONS} == {"PERSON", "CITY", "COUNTRY", "BODY", "SHIP"}


@pytest.mark.parametrize("carrier", ["{}", "Bu gün {} barada habar berildi.", "ÇEŞME:{}", "Soňra, {}, diýip ýazdylar."])
@pytest.mark.parametrize(("surface", "label", "base", "case"), MENTIONS, ids=[row[0] for row in MENTIONS])
def test_mention(surface, label, base, case, carrier):
    (entity,) = turkmen_ner.tag(carrier.format(surface))
    assert (entity.text, entity.label, entity.name, entity.case) == (surface, label, base, case)
    assert entity.listed
    assert entity.id


@pytest.mark.skipif(not GOLD.exists(), reason="needs the source article, which is not ours to share: ../shared/gold")
def test_source_article():
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf8").splitlines()]
    spans = [[(s["start"], s["end"], s["label"]) for s in row["spans"]] for row in rows]
    coarse = total(compared(row["id"], row["text"], found) for row, found in zip(rows, spans, strict=True))["coarse"]
    assert coarse.f1 >= 0.98, coarse
