"""Is tools/transliterate.py as good as when it was last measured, and does every row do what its witness says?"""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from transliterate import ALPHABET, BASE, COUNTRIES, TABLES, Rule, for_country, rules_used, transliterate  # noqa: E402

# Exact respellings in tests/lang/transliteration.tsv when last measured; raise a floor when a rule gets better.
FLOORS = {
    ("made", "ru"): 0.943,
    ("made", "other"): 0.755,
    ("held", "ru"): 0.851,
    ("held", "other"): 0.621,
}


def attested() -> list[tuple[str, str, str, str]]:
    """(original, language, Turkmen, side) of every row of the table."""
    lines = (ROOT / "tests" / "lang" / "transliteration.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines if line and not line.startswith("#")]
    return [(original, language, turkmen, side) for original, language, turkmen, side, _ in rows]


def group(language: str, side: str) -> tuple[str, str]:
    return side, "ru" if language == "ru" else "other"


@pytest.mark.parametrize("which", FLOORS, ids=" ".join)
def test_accuracy_does_not_fall(which: tuple[str, str]) -> None:
    rows = [row for row in attested() if group(row[1], row[3]) == which]
    wrong = [
        f"{original} ({language}) → {transliterate(original, language)}, attested {turkmen}"
        for original, language, turkmen, _ in rows
        if transliterate(original, language) != turkmen
    ]
    accuracy = 1 - len(wrong) / len(rows)
    assert accuracy >= FLOORS[which], f"{accuracy:.3f} of {len(rows)} rows\n" + "\n".join(wrong)


def test_table_is_big_enough_and_has_no_row_twice() -> None:
    rows = attested()
    assert len(rows) >= 200
    assert len({(original, language) for original, language, _, _ in rows}) == len(rows)


ROWS = [(language, rule) for language, table in {**TABLES, "xx": BASE}.items() for rule in table]


@pytest.mark.parametrize(("language", "rule"), ROWS, ids=[f"{language} {rule.name}" for language, rule in ROWS])
def test_witness(language: str, rule: Rule) -> None:
    assert transliterate(rule.name, language) == rule.respelled
    assert rule in rules_used(rule.name, language), "the row does not fire in its witness"


@pytest.mark.parametrize(
    ("name", "language", "turkmen"),
    [
        ("Washington", "en", "Waşington"),
        ("Eskişehir", "tr", "Eskişehir"),
        ("IĞDIR", "tr", "Ygdyr"),  # Turkish capitals: I is ı, İ is i
        ("İzmir", "tr", "Izmir"),
        ("Düsseldorf", "de", "Dýusseldorf"),
        ("São Paulo", "pt", "San-Paulu"),
        ("Нью-Йорк", "ru", "Nýu-Ýork"),
        ("Ekaterinburg", "ru", "Ýekaterinburg"),
        ("Екатеринбург", "ru", "Ýekaterinburg"),
        ("", "en", ""),
    ],
)
def test_known_names(name: str, language: str, turkmen: str) -> None:
    assert transliterate(name, language) == turkmen


@pytest.mark.parametrize("language", sorted(set(TABLES) - {"ru"}))
def test_no_foreign_letter_is_left(language: str) -> None:
    for letter in "abcdefghijklmnopqrstuvwxyzáâãäåçèéêëğíîïñóôõöøšşùúûüýžāēīōūłőűčćďěńřśťź":
        assert set(transliterate(f"a{letter}a", language)) <= ALPHABET, letter


def test_country_decides_the_language() -> None:
    assert for_country("tr") == "tr"
    assert for_country("LY") == "ar"
    assert for_country("FI") == "xx"
    codes = [code for listed in COUNTRIES.values() for code in listed.split()]
    assert len(codes) == len(set(codes))
    assert set(COUNTRIES) <= set(TABLES)


def test_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        transliterate("Oslo", "no")
