"""Overlaps of listed names, matches of token rules and candidates."""

from collections.abc import Sequence

from turkmen_ner.recognition.mention import Mention

# --- token rules and listed names ----------------------------------------------------------------------------------


def join(listed: Sequence[Mention], matched: Sequence[Mention]) -> list[Mention]:
    """Listed names and matches of token rules, in order and apart: the longest wins.

    Of equally long ones a rule with a context stands before a listed name, and that before a rule without; a listed
    name that is also a word (`maybe`) gives way to every rule. A rule that says of the same words what the list says
    confirms the listed name.
    """
    rank = {2: 0, 0: 1, 1: 2}
    order = sorted([*matched, *listed], key=lambda m: (m.maybe, m.i - m.j, rank[m.rule], m.i))
    known = {(m.i, m.j): m for m in listed}
    return [_confirmed(m, known.get((m.i, m.j))) if m.rule else m for m in _disjoint(order)]


def _confirmed(rule: Mention, listed: Mention | None) -> Mention:
    """The listed name that is what a rule says it is: «Berkarar» gämisi, when a ship of that name is listed."""
    if listed is None:
        return rule
    for entry, match in listed.options:
        if entry.label == rule.label:
            if listed.entry is not entry:
                listed.reading, listed.name = match.shown, match.base
            listed.entry, listed.label, listed.maybe, listed.options = entry, entry.label, False, [(entry, match)]
            return listed
    return rule


def give_way(found: Sequence[Mention], known: Sequence[Mention]) -> list[Mention]:
    """Candidates without those that share a word with the match of a token rule; the listed names in them come back."""
    rules = [m for m in known if m.rule]
    ruled = {k for m in rules for k in range(m.i, m.j)}
    kept = [m for m in found if not m.rule and ruled.isdisjoint(range(m.i, m.j))]
    lost = [m for m in known if m.entry is not None and not m.rule]
    return _disjoint([*rules, *kept, *lost])


def _disjoint(mentions: Sequence[Mention]) -> list[Mention]:
    taken: set[int] = set()
    kept = []
    for mention in mentions:
        words = range(mention.i, mention.j)
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.i)
