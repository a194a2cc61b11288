"""Rules that are not asked would not have decided: the same names are found when every rule is asked of every word."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from turkmen_ner.patterns.shipped import shipped
from turkmen_ner.recognition import beginning, growing
from turkmen_ner.recognition.evidence import Evidence, bits
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.word_lists import WordLists

PARTS = [
    "Norgil", "Merdan", "Orazow", "Kakam", "Kakasy", "Soltan", "Sanjar", "aga", "han", "Emma", "Watson", "Türkmen",
    "Gaznalylar", "döwleti", "Türkiýeli", "Prezident", "Akademiýasy", "döwlet", "uniwersiteti", "uniwersitetiniň",
    "fizika", "fakulteti", "Balkan", "welaýat", "kazyýeti", "BMG", "BMG-niň", "komiteti", "adyndaky", "teatry", "Sunda",
    "aýlagy", "ýarym", "adasy", "Milli", "ylym", "gaznasy", "Taryh,", "dil", "we", "edebiýat", "instituty", "IV",
    "Watan",
    "Salam,", "Maral!", "Ady:", "San-Hose", "«Bulut»", "kompaniýasy", "gürledi", "bardy", "türkmenleriniň", "Ýanwar",
    "—", ".", ",", "\n", "The", "Times", "Nury", "ministrligine", "Aşgabatda", "Magtymguly", "köçesi", "federal",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map(" ".join)
TAGGERS = {asked: Tagger(shipped()) for asked in ("some", "all")}


def found(asked: str, text: str) -> list[object]:
    _, mentions = TAGGERS[asked].mentions(text)
    return [(m.i, m.j, m.label, m.name, m.ended, m.points) for m in mentions]


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("Norgil döwlet uniwersitetiniň fizika fakulteti")
@example("Gaznalylar döwleti we Taryh, dil we edebiýat instituty")
@example("Sunda ýarym adasy Norgil ýarym adasy")
@example("Ol Soltan Sanjar we Kakasy Merdan.")
def test_rules_that_are_not_asked_would_not_decide(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beginning, "rules_for", lambda word, sets: beginning.RULES)
        patch.setattr(growing, "surely_ends", lambda sets, words, listed, after: False)
        wanted = found("all", text)
    assert found("some", text) == wanted


def test_most_words_need_few_rules():
    tagger = TAGGERS["some"]
    word = tagger.lexicon.word("Norgil")
    asked = beginning.rules_for(word, tagger.sets)
    assert asked == (beginning.hyphenated, beginning.sentence_start, beginning.capital)


EVIDENCE = TAGGERS["some"].evidence
FACTS = sorted({bit for need, forbid, *_ in EVIDENCE.rules for bit in (*bits(need), *bits(forbid))})


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FACTS), max_size=40), st.lists(st.sampled_from(EVIDENCE.rules), max_size=3))
def test_every_rule_of_evidence_that_holds_is_weighed(facts, holding):
    mask = 0
    for bit in (*facts, *(need for need, *_ in holding)):
        mask |= bit
    held = [(rule, label, weight) for need, forbid, label, weight, rule in EVIDENCE.rules
            if mask & need == need and not mask & forbid]  # fmt: skip
    points, reasons = EVIDENCE.weigh(mask)
    assert reasons == held
    assert points == {label: sum(w for _, other, w in held if other == label) for _, label, _ in held}


def test_a_rule_that_needs_nothing_holds():
    rules = [rule._replace(when=()) for rule in shipped().evidence[:1]]
    assert Evidence(rules, WordLists({})).weigh(0)[1]
