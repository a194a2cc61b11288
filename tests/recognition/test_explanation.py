"""`explain`: every name found and every candidate rejected, with what decided."""

import dataclasses

import pytest
from spacy.language import Language

import turkmen_ner
from turkmen_ner.api import load
from turkmen_ner.recognition.explanation import Decision, Explanation

RULES = {
    "label": "CITY",
    "patterns": [
        {"id": "bengazi", "pattern": "Bengazi"},
        {"id": "mary", "pattern": "Mary"},
        {"id": "mary-region", "pattern": "Mary", "label": "REGION", "maybe": "true"},
        {"id": "bereket", "pattern": "Bereket", "maybe": "true"},
        {"id": "ship", "label": "SHIP", "pattern": [{"LOWER": "berkarar"}], "after": ["gämi"]},
    ],
    "lists": {"titles": ["wezir"], "city-heads": ["şäher"], "not-entity-heads": ["baýrak"], "given-names": ["Aşyr"]},
    "evidence": [
        {"id": "title", "label": "PERSON", "weight": "4", "when": ["before:titles"]},
        {"id": "head", "label": "CITY", "weight": "6", "when": ["head:city-heads"]},
        {"id": "prize", "label": "NONE", "weight": "3", "when": ["head:not-entity-heads"]},
        {"id": "weak", "label": "BODY", "weight": "0.1", "when": ["words:1"]},
    ],
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(patterns=[RULES], shipped=False)


def one(text: str, nlp: Language) -> Decision:
    (found,) = turkmen_ner.explain(text, nlp=nlp)
    return found


def test_a_name_that_is_not_to_be_found_has_the_entry_that_says_so() -> None:
    stop = {"label": "NONE", "id": "stop", "pattern": "Bereket"}
    nlp = load(patterns=[RULES, {"patterns": [stop], "remove": ["bengazi"]}], shipped=False)
    gone, never = turkmen_ner.explain("Wezir Bengazi, wezir Bereket.", nlp=nlp)
    assert (gone.label, gone.why) == ("", "removed: a form of <patterns> entry 1")
    assert (never.label, never.why) == ("", "never to be found: a form of <patterns> entry 1 stop")


def test_a_listed_name_has_its_entry_and_analysis(nlp: Language) -> None:
    found = one("Ol Bengaziden geldi.", nlp)
    assert (found.text, found.start, found.end, found.label, found.name) == ("Bengaziden", 3, 13, "CITY", "Bengazi")
    assert found.source == "<patterns> entry 1 bengazi"
    assert found.source in found.why
    assert (found.analysis.base, found.analysis.suffixes) == ("Bengazi", ("den",))
    assert found.analysis.features == {"Case": "Abl"}


def test_an_unlisted_name_has_facts_rules_and_points(nlp: Language) -> None:
    found = one("Bu gün wezir Aşyr geldi.", nlp)
    assert (found.label, found.source) == ("PERSON", "title")
    assert {"before:titles", "first:given-names", "case:Nom", "words:1"} <= set(found.facts)
    assert [(r.rule, r.label, r.points) for r in found.reasons] == [("title", "PERSON", 4.0), ("weak", "BODY", 0.1)]
    assert found.reasons[0].source == "<patterns> entry 1"
    assert list(found.points.items()) == [("PERSON", 4.0), ("BODY", 0.1)]


def test_a_form_with_two_meanings_shows_its_options(nlp: Language) -> None:
    found = one("Ol Maryda boldy.", nlp)
    assert {(o.label, o.id, o.maybe) for o in found.options} == {
        ("CITY", "mary", False),
        ("REGION", "mary-region", True),
    }
    assert "preferred to 1 other" in found.why
    assert "option    REGION mary-region" in str(found)


def test_a_name_that_is_also_a_word_says_what_confirmed_it(nlp: Language) -> None:
    found = one("Ol Bereket şäherinde boldy.", nlp)
    assert (found.label, found.name) == ("CITY", "Bereket")
    assert "confirmed by the context" in found.why
    assert "head:city-heads" in found.facts


def test_a_name_that_is_also_a_word_says_what_it_lacks(nlp: Language) -> None:
    found = one("Ol Bereket getirdi.", nlp)
    assert (found.label, found.name, found.source) == ("", "", "")
    assert found.why.startswith("listed, but also a word or another name; it needs 1.5 points")
    assert [o.id for o in found.options] == ["bereket"]


def test_a_rule_against_a_name_is_named(nlp: Language) -> None:
    found = one("Oňa Norgil baýragy berildi.", nlp)
    assert found.label == ""
    assert "no name of a kind we look for" in found.why
    assert ("prize", "NONE", 3.0) in [(r.rule, r.label, r.points) for r in found.reasons]


def test_a_candidate_with_too_few_points_is_rejected(nlp: Language) -> None:
    found = one("Oňa Norgil berildi.", nlp)
    assert found.label == ""
    assert "0.1 points for BODY are too few" in found.why


def test_a_token_rule_is_named(nlp: Language) -> None:
    found = one("Portda Berkarar gämisi bar.", nlp)
    assert (found.text, found.label) == ("Berkarar", "SHIP")
    assert found.why == f"matched by the token rule in {found.source}"
    assert found.source.endswith(" ship")


def test_the_document_is_given_as_a_reason(nlp: Language) -> None:
    _, again = turkmen_ner.explain("Bu gün wezir Nurdan Weliçko geldi. Soň Weliçko gitdi.", nlp=nlp)
    assert again.label == "PERSON"
    assert ("document.full-name", "PERSON") in [(r.rule, r.label) for r in again.reasons]


def test_a_name_that_comes_again_says_so(nlp: Language) -> None:
    first, _ = turkmen_ner.explain("Bu gün wezir Kemulça geldi. Soň Kemulçanyň özi gitdi.", nlp=nlp)
    assert first.again == 1
    assert "the text has this name once more" in str(first)


def test_what_is_explained_is_what_is_tagged() -> None:
    text = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi. Nobel baýragy berildi. Kalyn Maryda boldy."
    found = turkmen_ner.explain(text)
    tagged = turkmen_ner.tag(text)
    assert [(d.text, d.label, d.name) for d in found.found] == [(e.text, e.label, e.name) for e in tagged]
    assert [d.text for d in found.rejected] == ["Nobel"]
    assert len(found) == len(found.found) + len(found.rejected)
    assert all(text[d.start : d.end] == d.text for d in found)


def test_the_report_is_plain_text_in_order(nlp: Language) -> None:
    report = str(turkmen_ner.explain("Bu gün wezir Nurdan Bengaziden geldi.", nlp=nlp))
    assert report.index("Nurdan") < report.index("Bengaziden")
    assert "rule      +4 PERSON by title" in report
    assert "analysis  Bengazi + den  Case=Abl" in report


def test_a_text_without_candidates() -> None:
    found = turkmen_ner.explain("bu gün gowy gün")
    assert len(found) == 0
    assert str(found) == "no name and no candidate in this text"


def test_html_is_escaped(nlp: Language) -> None:
    html = turkmen_ner.explain("Bengazi <b>", nlp=nlp)._repr_html_()
    assert html.startswith("<pre")
    assert "&lt;patterns&gt;" in html


def test_it_is_a_frozen_sequence(nlp: Language) -> None:
    found = turkmen_ner.explain("Bengazi, Mary.", nlp=nlp)
    assert isinstance(found, Explanation)
    assert found[0:2] == tuple(found)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found[0].label = "BODY"  # type: ignore[misc]


def test_only_text_is_explained() -> None:
    with pytest.raises(TypeError, match="takes a text as a str"):
        turkmen_ner.explain(3)  # type: ignore[arg-type]


def test_the_rule_that_ended_a_name_is_named(nlp: Language) -> None:
    found = one("Toýa Aşyr Kolmanda boldy.", nlp)
    assert found.ended == ""
    first, second = turkmen_ner.explain("Toýa Aşyr Kolmanda Merdan Berdi boldy.", nlp=nlp)
    assert (first.text, second.text) == ("Aşyr Kolmanda", "Merdan Berdi")
    assert first.ended == "case_suffix: A case suffix ends a name: Londonda | Boris Johnson"
    assert f"  ended     {first.ended}" in str(first).splitlines()


def test_mentions_that_are_decided_together_are_explained_together() -> None:
    found = turkmen_ner.explain("Ol Kerbuk Kolman bilen duşuşdy. Soňra Kerbuk-Kolman gitdi.").found
    assert [(d.text, d.again) for d in found] == [("Kerbuk Kolman", 1), ("Kerbuk-Kolman", 1)]


def test_a_lone_surrogate_is_explained():
    text = "Portda «Ak \ud800 guş» tankeri durýar."
    assert [d.label for d in turkmen_ner.explain(text).found] == [e.label for e in turkmen_ner.tag(text)]
