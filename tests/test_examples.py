"""Every rule's own sentences: `yes` shows the rule at work, in `no` it gives no points. See patterns/README.md."""

from functools import cache

import pytest

from turkmen_ner.context import Mention
from turkmen_ner.document import NONE, Tagger
from turkmen_ner.notation import parse
from turkmen_ner.rules import Entry, EvidenceRule, read
from turkmen_ner.store import patterns_folder, shipped
from turkmen_ner.words import Text

Rule = Entry | EvidenceRule


@cache
def tagger() -> Tagger:
    return Tagger(shipped())


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


def tagged(sentence: str) -> tuple[set[tuple[str, int, str]], set[tuple[str, int, str]], list[Mention], str]:
    """The names marked in a sentence, those found, all mentions, and how to show them."""
    marked = parse(sentence)
    text, mentions = tagger().mentions(marked.text)
    wanted = {(marked.text[name.start : name.end], name.start, name.label) for name in marked.names}
    spans = [(*text.span(m.i, m.j), m.label) for m in mentions if m.label]
    found = {(marked.text[start:end], start, label) for start, end, label in spans}
    return wanted, found, mentions, f"{sentence}\n{shown(text, mentions)}"


@pytest.mark.parametrize(("rule", "sentence"), examples("yes"))
def test_yes(rule: Rule, sentence: str) -> None:
    wanted, found, mentions, seen = tagged(sentence)
    assert found == wanted, seen
    applied = [mention for mention in mentions if applies(rule, mention)]
    assert applied, seen
    if isinstance(rule, EvidenceRule) and rule.label == NONE:
        assert any(not mention.label for mention in applied), seen


@pytest.mark.parametrize(("rule", "sentence"), examples("no"))
def test_no(rule: Rule, sentence: str) -> None:
    wanted, found, mentions, seen = tagged(sentence)
    assert found == wanted, seen
    assert not any(applies(rule, mention) for mention in mentions), seen


def test_every_rule_of_evidence_has_a_sentence() -> None:
    assert [rule.id for rule in rules() if isinstance(rule, EvidenceRule) and not rule.yes] == []
