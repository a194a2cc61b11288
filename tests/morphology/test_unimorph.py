"""Every right row of UniMorph's Turkmen nouns is analysed to its lemma and case; the wrong ones are listed."""

from pathlib import Path

import pytest
from tables import table

from turkmen_ner.morphology.analysis import features_of, readings
from turkmen_ner.orthography.alphabet import fold

DATA = Path(__file__).parents[3] / "shared" / "data" / "unimorph.tuk"
WRONG = {(row["lemma"], row["form"], row["tag"]) for row in table("unimorph-wrong")}

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not there (github.com/unimorph/tuk)")


def right(lemma: str, form: str, tag: str) -> bool:
    """Whether a row is analysed as it says."""
    _, case, number = tag.split(";")
    wanted = {"Case": case.capitalize()} | ({"Number": "Plur"} if number == "PL" else {})
    return any(r.base == fold(lemma) and features_of(r.suffixes) == wanted for r in readings(fold(form)))


def test_rows():
    lines = DATA.read_text(encoding="utf8").splitlines() if DATA.exists() else []
    rows = [tuple(line.split("\t")) for line in lines if line.strip()]
    assert len(rows) > 800
    assert {row for row in rows if not right(*row)} == WRONG
