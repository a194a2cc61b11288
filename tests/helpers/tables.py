"""Reading the tables of tests/morphology/forms, and finding a form with a gazetteer that holds exactly some names."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from turkmen_ner.gazetteer.lookup import Gazetteer, Match
from turkmen_ner.morphology.analysis import features_of
from turkmen_ner.morphology.suffixes import CASES
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read

FORMS = Path(__file__).parents[1] / "morphology" / "forms"
PARADIGMS = ("back", "front", "vowel", "softening", "hard", "round", "hyphen", "possessed", "words")


class Row(NamedTuple):
    """A form, its base form and its features; `asked` are the arguments of inflect() that make it."""

    form: str
    base: str
    features: dict[str, str]
    asked: dict[str, object]


def rows(name: str) -> list[list[str]]:
    """The rows of an aligned table, columns parted by a tab or two spaces; the first is the head."""
    lines = (FORMS / f"{name}.tsv").read_text(encoding="utf8").splitlines()
    return [re.split(r"\s*\t\s*|\s{2,}", line.strip()) for line in lines if line.strip() and not line.startswith("#")]


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table as head: value."""
    head, *body = rows(name)
    for row in body:
        assert len(row) == len(head), f"{name}.tsv: {row}"
        yield dict(zip(head, row, strict=True))


def paradigm(name: str) -> Iterator[Row]:
    """The forms of a paradigm table, one by one."""
    for row in table(name):
        possessor = None if row["possessor"] == "-" else row["possessor"]
        features = {"Number": "Plur"} if row["number"] == "Plur" else {}
        if possessor:
            features |= {"Person[psor]": possessor[0], "Number[psor]": "Plur" if possessor.endswith("pl") else "Sing"}
        asked = {"number": row["number"], "possessor": possessor}
        for case in CASES:
            yield Row(row[case], row["base"], features | {"Case": case}, asked | {"case": case})
        yield Row(row["daky"], row["base"], features | {"Case": "Loc"}, asked | {"case": "Loc", "attributive": True})


@cache
def gazetteer(names: tuple[str, ...]) -> Gazetteer:
    """A gazetteer of exactly these names."""
    return compile(read([{"label": "CITY", "pattern": name} for name in names]))


def matches(form: str, names: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """The listed names that a written form of one or more words is, with their features."""
    head, _, last = form.rpartition(" ")
    before = "".join(fold(word) + " " for word in head.split())
    found: Iterable[Match] = gazetteer(tuple(names)).final(last, fold(last), before, form.split()[0])
    return [(match.form.written, dict(features_of(match.reading.suffixes))) for match in found]


def cyrillic(word: str) -> str | None:
    """A word in Turkmen Cyrillic, by the rules of 1940; None for letters that it does not have."""
    if re.search(r"[cqvx0-9]", fold(word)):
        return None
    plain = dict(zip("abwgdžjziklmnňoöprstuüfhçşyäý", "абвгджҗзиклмнңоөпрстуүфхчшыәй", strict=True))
    joined = {"ýe": "е", "ýo": "ё", "ýu": "ю", "ýa": "я"}
    out = []
    word = word.lower()
    i = 0
    while i < len(word):
        pair, before = word[i : i + 2], word[i - 1 : i]
        consonant = before.isalpha() and before not in "aäeioöuüyý"
        if pair in joined:
            out.append("ь" * consonant + joined[pair])
            i += 2
            continue
        char = word[i]
        out.append(("е" if consonant or before == "ý" else "э") if char == "e" else plain.get(char, char))
        i += 1
    text = "".join(out)
    return text[:1].upper() + text[1:]
