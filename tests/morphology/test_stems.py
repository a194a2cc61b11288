"""Stems: what is said of a word without analysing it, held against the analysis."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tables import PARADIGMS, paradigm

from turkmen_ner.morphology.analysis import readings
from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.morphology.phonology import DROPPED, SHORT
from turkmen_ner.morphology.stems import Beginnings, head, may_be_form
from turkmen_ner.morphology.suffixes import CASES, POSSESSORS, SUFFIXES, spell
from turkmen_ner.orthography.alphabet import fold

NAMES = sorted({row.base.split()[-1] for name in PARADIGMS for row in paradigm(name)})
SURFACES = sorted(
    {
        written
        for row in SUFFIXES
        for template in (row.vowel, row.consonant, row.third)
        if template
        for back in (True, False)
        for written in spell(template, back, rounded=True)
    }
)
STEMS = st.one_of(
    st.sampled_from([fold(name) for name in NAMES]),
    st.sampled_from([*SHORT, *SHORT.values()]),
    st.text(alphabet="abçdeägijklmnňoöprstuüwyý7'-", min_size=1, max_size=7),
)
FORMS = st.one_of(
    st.builds(lambda stem, suffixes: stem + "".join(suffixes), STEMS, st.lists(st.sampled_from(SURFACES), max_size=4)),
    st.builds(
        lambda name, case, possessor: fold(inflect(name, case=case, possessor=possessor)),
        st.sampled_from([*NAMES, *DROPPED]),
        st.sampled_from(CASES),
        st.sampled_from([None, *POSSESSORS]),
    ),
)


@settings(max_examples=1500, deadline=None)
@given(FORMS)
@example("türkiýäm")
@example("bakuwyň")
@example("bengazide-de")
@example("şährinde")
@example("bmg'nyň")
@example("ankaramy")
def test_no_reading_is_missed(word):
    for reading in readings(word):
        assert word.startswith(head(reading.base)), reading
        assert may_be_form(word, {reading.base}), reading
        assert may_be_form(word, {f"iki söz {reading.base}"}, "iki söz "), reading
        assert Beginnings([reading.base, "öý"]).may_begin(word), reading


def test_most_words_are_forms_of_nothing():
    stems = sorted(
        stem for letter in "abdgmst" for stem in vocabulary()._of(letter) if len(stem) > 3 and "-" not in stem
    )
    bases = frozenset(stems[::100])
    found = [word for word in set(stems) - bases if may_be_form(word, bases)]
    assert len(stems) > 10_000
    assert len(found) < len(stems) / 30


@pytest.mark.parametrize(
    ("word", "base"),
    [("kitap", "kitab"), ("türkiýe", "türkiýa"), ("oglobus", "ogul"), ("garaşyldy", "gara"), ("bagyň", "bakyň")],
)
def test_what_is_no_form(word, base):
    """A change is undone one way only, and a suffix must be able to begin where the stem ends."""
    assert not may_be_form(word, {base})


def test_the_words_before_count():
    bases = {"milli mejlis"}
    assert may_be_form("mejlisiň", bases, "milli ")
    assert not may_be_form("mejlisiň", bases)
    assert not may_be_form("mejlisiň", {"mejlis"}, "milli ")
