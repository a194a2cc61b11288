"""What a lexicon knows of a word, held against the same found the slow way: by analysing every word."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tables import cyrillic

from turkmen_ner.gazetteer import lookup
from turkmen_ner.morphology.dictionary import vocabulary
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.morphology.stems import Beginnings
from turkmen_ner.morphology.suffixes import CASES, POSSESSORS
from turkmen_ner.orthography.alphabet import LETTERS
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read
from turkmen_ner.patterns.shipped import shipped
from turkmen_ner.recognition import conditions, word_lists
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.text import Text

OWN = {
    "patterns": [
        {"id": "oglan", "label": "PERSON", "pattern": "Ogul"},
        {"id": "mary", "label": "CITY", "pattern": "Mary", "after": ["ýeňiş", "döwür"], "not_before": ["ýük gämi"]},
        {"id": "derya", "label": "REGION", "pattern": "uly deňiz", "case": "any"},
        {"id": "turk", "label": "COUNTRY", "pattern": "türkiýe", "case": "any"},
        {"id": "sorag", "label": "SHIP", "pattern": [{"BASE": ["gämi", "ýük-gämi"]}, {"LIST": "heads"}]},
        {"id": "yazgy", "label": "SHIP", "pattern": [{"LOWER": "parom"}, {"ORTH": "цунами"}]},
        {"id": "parahat", "label": "CITY", "pattern": "Parahat 7"},
        {"id": "okuw", "label": "BODY", "pattern": "Milli okuw-usulyýet merkezi"},
    ],
    "lists": {"heads": ["ömür", "ýük gämi", "kitap"], "titles": ["serkerde"]},
}
BASES = [
    "Ogul", "Mary", "ýeňiş", "döwür", "gämi", "deňiz", "türkiýe", "Türkiýe", "parom", "parahat", "Parahat", "uly", "7",
    "ýük-gämi", "usulyýet", "okuw-usulyýet", "merkez", "merkezi", "ömür", "kitap", "serkerde", "Aşgabat", "BMG",
    "şäher", "welaýat", "Baku", "awtor", "göz", "Rejepow", "ministrlik", *sorted(vocabulary()._of("g"))[::400],
]  # fmt: skip
SPELLINGS = [
    str, str.lower, str.capitalize, str.upper, lambda word: cyrillic(word) or word, lambda word: word + "-da",
    lambda word: word.replace("-", ""), lambda word: word[:-2] + "’" + word[-2:], lambda word: word.replace("ý", "y"),
]  # fmt: skip
FORMS = st.builds(
    lambda base, case, possessor, spelling: spelling(inflect(base, case=case, possessor=possessor)),
    st.sampled_from(BASES),
    st.sampled_from(CASES),
    st.sampled_from([None, *POSSESSORS]),
    st.sampled_from(SPELLINGS),
)
GAZETTEERS = {"own": compile(read([OWN])), "shipped": shipped()}
FOUND = (
    "folded", "letters", "upper", "digit", "abbreviation", "all_caps", "lists", "nominative", "possessed", "personal",
    "marks", "names", "starter", "notable", "common", "rare", "whole", "apart",
)  # fmt: skip


def seen(made: Lexicon, texts: list[str]) -> list[object]:
    """All that a lexicon says of the words of texts, and where listed names begin."""
    cut = [Text(made, text) for text in texts]
    words = [[getattr(word, name) for name in FOUND] for text in cut for word in text.words]
    return [words, [text.listed(i) for text in cut for i in range(len(text))]]


def slowly(made: Lexicon, texts: list[str]) -> list[object]:
    """The same, when every word may be a form of anything."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (lookup, conditions):
            patch.setattr(module, "may_be_form", lambda word, bases, before="": True)
        patch.setattr(Beginnings, "may_begin", lambda self, word: True)
        patch.setattr(word_lists, "SHORT_LAST", frozenset(LETTERS))
        patch.setattr(word_lists, "_SHORT", 1_000)
        patch.setattr(word_lists, "_ENDS", frozenset(LETTERS))
        return seen(made, texts)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(GAZETTEERS)), st.booleans(), st.lists(FORMS, min_size=1, max_size=5))
@example("own", False, ["Parahat", "7"])
@example("own", False, ["Milli okuw-usulyýet merkezinde"])
@example("own", False, ["uly deňzinde", "ogly", "ömrümiz", "ýeňşiň"])
@example("own", False, ["parom", "цунами", "gämisinde ýeňşi döwri"])
@example("own", True, ["Turkiyanin turkiyede deňzine"])
def test_a_word_is_known_as_if_it_had_been_analysed(name, lenient, words):
    texts = [" ".join(words), *words]
    gazetteer = GAZETTEERS[name]
    assert seen(Lexicon(gazetteer, lenient), texts) == slowly(Lexicon(gazetteer, lenient), texts)


def test_most_words_are_not_analysed(monkeypatch):
    """Of the words of the dictionary few can be forms of a listed name or of a word of a list."""
    asked = []
    monkeypatch.setattr(lookup, "readings", lambda word, lenient: asked.append(word) or ())
    made = Lexicon(shipped())
    words = sorted(word for letter in "bdgs" for word in vocabulary()._of(letter))
    for word in words:
        made.word(word)
    assert len(words) > 5_000
    assert len(asked) < len(words) / 100
    asked.clear()
    for word in words:
        made.word(word.capitalize())
    assert 0 < len(asked) < len(words) / 4
