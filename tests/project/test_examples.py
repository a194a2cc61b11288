"""Every rule's own sentences: `yes` shows the rule at work, in `no` it gives no points. See patterns/README.md."""

from functools import cache

import pytest
import spacy

from turkmen_ner.corpus.bracket_notation import parse
from turkmen_ner.patterns.reader import read
from turkmen_ner.patterns.schema import Entry, EvidenceRule
from turkmen_ner.patterns.shipped import patterns_folder, shipped
from turkmen_ner.recognition.document import NONE
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.tagger import Tagger
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.token_rules import TokenRules

Rule = Entry | EvidenceRule


@cache
def tagger() -> Tagger:
    return Tagger(shipped())


@cache
def token_rules() -> TokenRules:
    return TokenRules(spacy.blank("tk").vocab, tagger().lexicon)


def rules() -> list[Rule]:
    """Rules of evidence and entries of all shipped files, as read."""
    patterns = read([patterns_folder()])
    return [*patterns.evidence.values(), *patterns.entries.values()]


def examples(kind: str) -> list[object]:
    """The sentences of one kind, each with its rule; the id is the rule's, numbered when it has several."""
    found: list[object] = []
    for rule in rules():
        sentences = getattr(rule, kind, ())
        for number, sentence in enumerate(sentences, start=1):
            name = f"{rule.id}-{number}" if len(sentences) > 1 else rule.id
            found.append(pytest.param(rule, sentence, id=name))
    return found


def applies(rule: Rule, mention: Mention) -> bool:
    """Whether a rule of evidence gave the mention points, or an entry is what it was decided to be."""
    if isinstance(rule, EvidenceRule):
        return any(name == rule.id for name, _, _ in mention.reasons)
    return bool(mention.label) and mention.entry is not None and mention.entry.source == rule.source


def shown(text: Text, mentions: list[Mention]) -> str:
    """The names found, in brackets, with the rules that spoke for or against them."""
    return "\n".join(
        f"[{text.text[slice(*text.span(m.i, m.j))]}|{m.label or '-'}]  "
        + (" ".join(f"{name} {label}{weight:+g}" for name, label, weight in m.reasons) or "listed")
        for m in mentions
    )


def check(rule: Rule, sentence: str) -> tuple[list[Mention], str]:
    """Check the names marked in a sentence; `[Nobel|NONE]` is none. RETURNS: Where the rule applies; what was seen."""
    marked = parse(sentence)
    text, mentions = tagger().mentions(marked.text, token_rules().find)
    seen = f"{sentence}\n{shown(text, mentions)}"
    names = {(name.start, name.end, name.label) for name in marked.names}
    wanted = {name for name in names if name[2] != NONE}
    found = {(*text.span(m.i, m.j), m.label) for m in mentions if m.label}
    assert wanted <= found, seen
    for start, end, _ in names - wanted:
        assert not any(i < end and start < j for i, j, _ in found), seen
    if isinstance(rule, EvidenceRule):  # here every name is marked
        assert found == wanted, seen
    return [mention for mention in mentions if applies(rule, mention)], seen


@pytest.mark.parametrize(("rule", "sentence"), examples("yes"))
def test_yes(rule: Rule, sentence: str) -> None:
    applied, seen = check(rule, sentence)
    assert applied, seen
    if rule.label == NONE:
        assert any(not mention.label for mention in applied), seen


@pytest.mark.parametrize(("rule", "sentence"), examples("no"))
def test_no(rule: Rule, sentence: str) -> None:
    applied, seen = check(rule, sentence)
    assert not applied, seen


def test_every_rule_of_evidence_has_a_sentence() -> None:
    assert [rule.id for rule in rules() if isinstance(rule, EvidenceRule) and not rule.yes] == []
