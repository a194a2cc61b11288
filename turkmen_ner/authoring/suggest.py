"""Suggesting entries: the names in texts that are on no list, as a pattern file to review and add."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from spacy.language import Language

from turkmen_ner.api import _default, component, tag_many
from turkmen_ner.corpus.counts import MOST_FORMS, Key, Tally, base_key, tally
from turkmen_ner.display import one_line
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.lookup import Gazetteer
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.morphology.possession import bare_stem
from turkmen_ner.orthography.alphabet import slug
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.patterns.reader import parse, read_yaml

CONTEXTS = 3  # excerpts shown of a name


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An unlisted name as an entry to review.

    id, label, pattern, aliases, maybe: As in a pattern file. An alias is the surname that stands alone in a text with
        the full name. maybe (bool): The name is a common word too, or the form of another entry or suggestion.
    mentions (int): How often it is named. documents (int): In how many texts.
    forms (tuple): The commonest written forms, each with its number of mentions.
    contexts (tuple of str): Excerpts of up to three texts, the name in brackets.
    """

    id: str
    label: str
    pattern: str
    aliases: tuple[str, ...]
    maybe: bool
    mentions: int
    documents: int
    forms: tuple[tuple[str, int], ...]
    contexts: tuple[str, ...]

    def entry(self) -> dict[str, Any]:
        """The entry of a pattern file, for `load(patterns=[…])` as well."""
        entry: dict[str, Any] = {"id": self.id, "label": self.label, "pattern": self.pattern}
        if self.aliases:
            entry["aliases"] = list(self.aliases)
        if self.maybe:
            entry["maybe"] = True
        return entry


def suggest(
    texts: Iterable[str],
    *,
    nlp: Language | None = None,
    labels: Collection[str] | None = None,
    least: int = 1,
    n_process: int = 1,
    progress: bool = False,
) -> list[Suggestion]:
    """The names in texts that are on no list, grouped by label and base form, the most mentioned first.

    A surname is grouped with its full name when a text has both and no text has it with another full name.

    texts (iterable of str): The texts; may be a generator. nlp (Language): A pipeline with the component and its own
        labels; the default is `load()`. labels (list): Only names of these; None, all.
    least (int): Only names with so many mentions. n_process, progress: As in `tag_many`.
    RETURNS (list of Suggestion): No id is that of an entry or rule of the pipeline.
    RAISES (ValueError): If the pipeline has another label scheme.

    >>> found = suggest(["Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözleri TDH-da çykdy."])
    >>> [(s.id, s.label, s.pattern, s.aliases, s.mentions) for s in found]
    [('nurdan-welicko', 'PERSON', 'Nurdan Weliçko', ('Weliçko',), 2)]
    >>> found[0].contexts
    ('Bu barada sözçi [Nurdan Weliçko] aýtdy. Weliçkonyň sözleri TDH-da çykdy.',)
    """
    nlp = nlp or _default()
    ours = component(nlp)
    if ours.scheme != "turkmen":
        raise ValueError(f"suggest() needs a pipeline with labels='turkmen', not {ours.scheme!r}")
    gazetteer = ours.tagger.gazetteer
    tagged = tag_many(texts, n_process=n_process, progress=progress, nlp=nlp)
    unlisted = {key: seen for key, seen in tally(tagged, contexts=CONTEXTS).items() if not key.id}
    aliases = _join_surnames(unlisted, gazetteer)
    ids = gazetteer.numbers.keys() | {rule.id for rule in gazetteer.evidence}
    forms = set(aliases.values())
    found = []
    for key, seen in sorted(unlisted.items(), key=lambda row: (-row[1].mentions, -row[1].documents, row[0])):
        if seen.mentions < least or (labels is not None and key.label not in labels):
            continue
        name = seen.name(key.base)
        part = aliases.get(key, "")
        found.append(
            Suggestion(
                id=_new_id(name, ids),
                label=key.label,
                pattern=name,
                aliases=(seen.name(part),) if part else (),
                maybe=key.base in forms or _is_taken(key.base, gazetteer),
                mentions=seen.mentions,
                documents=seen.documents,
                forms=tuple(seen.forms.most_common(MOST_FORMS)),
                contexts=tuple(seen.contexts[:CONTEXTS]),
            )
        )
        ids.add(found[-1].id)
        forms.add(key.base)
    return found


def _join_surnames(unlisted: dict[Key, Tally], gazetteer: Gazetteer) -> dict[Key, str]:
    """Count a surname that stands alone with its full name, if there is but one. RETURNS: Full name -> surname."""
    owners: dict[str, set[Key]] = defaultdict(set)
    kinds: dict[str, set[str]] = defaultdict(set)
    for key, seen in unlisted.items():
        kinds[key.base].add(key.label)
        for part in {base_key(name) for name in seen.names}:
            if key.base.endswith(f" {part}"):
                owners[part].add(key)
    aliases: dict[Key, str] = {}
    for part, (owner, *others) in owners.items():
        if others or kinds.get(part, set()) - {owner.label} or _is_taken(part, gazetteer) or owner not in unlisted:
            continue
        aliases[owner] = part
        if (alone := unlisted.pop(Key(owner.label, "", part), None)) is not None:
            unlisted[owner].add(alone)
    return aliases


def _is_taken(base: str, gazetteer: Gazetteer) -> bool:
    """Whether a folded base form is a common word or the form of an entry, so that context must confirm it."""
    if " " not in base and is_common(base):
        return True
    head, _, last = base.rpartition(" ")
    stems = {last, bare_stem(last)} if head else {last}
    return any(f"{head} {stem}".strip() in gazetteer.phrases for stem in stems)


def _new_id(name: str, taken: Collection[str]) -> str:
    base = slug(name)
    return next(new for n in range(1, len(taken) + 2) if (new := base if n == 1 else f"{base}-{n}") not in taken)


# --- the file ------------------------------------------------------------------------------------------------------


def to_yaml(suggestions: Sequence[Suggestion], *, source: str = "") -> str:
    """A pattern file of suggestions, with their numbers and contexts as comments.

    source (str): What the texts were, for the head of the file.
    RETURNS (str): The file. A name that no entry can hold, of two scripts for instance, stands in a comment only.

    >>> print(to_yaml(suggest(["Bu barada sözçi Nurdan Weliçko aýtdy."]), source="a doctest"))  # doctest: +ELLIPSIS
    # about: names that were on no list, to be reviewed
    # source: turkmen-ner suggest; a doctest
    # licence: facts
    # date: ...
    # count: 1
    patterns:
      # 1 mention in 1 document: Nurdan Weliçko 1
      # Bu barada sözçi [Nurdan Weliçko] aýtdy.
      - {id: nurdan-welicko, label: PERSON, pattern: Nurdan Weliçko}
    <BLANKLINE>
    """
    return _file(suggestions, source, _faults(suggestions))


def _file(suggestions: Sequence[Suggestion], source: str = "", faults: Mapping[str, str] | None = None) -> str:
    faults = faults or {}
    head = {
        "about": "names that were on no list, to be reviewed",
        "source": "turkmen-ner suggest" + (f"; {one_line(source)}" if source else ""),
        "licence": "facts",
        "date": date.today().isoformat(),
        "count": len(suggestions) - len(faults),
    }
    lines = [f"# {key}: {value}" for key, value in head.items()]
    lines.append("patterns:" if head["count"] else "patterns: []")
    for s in suggestions:
        forms = ", ".join(f"{form} {number}" for form, number in s.forms)
        lines.append(f"  # {_number(s.mentions, 'mention')} in {_number(s.documents, 'document')}: {forms}")
        lines += [f"  # {context}" for context in s.contexts]
        entry = yaml.dump(s.entry(), default_flow_style=True, allow_unicode=True, sort_keys=False, width=2**30).strip()
        if s.id in faults:
            lines.append(f"  # left out, for it {faults[s.id]}: {entry}")
        else:
            lines.append(f"  - {entry}")
    return unicodedata.normalize("NFC", "\n".join(lines) + "\n")


def _number(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _faults(suggestions: Sequence[Suggestion]) -> dict[str, str]:
    """What is wrong with the suggestions that `turkmen-ner check` would refuse, by id."""
    from turkmen_ner.authoring.check import File, Material, reachable, scripts

    faults: dict[str, str] = {}
    for suggestion in suggestions:
        try:
            parse({"patterns": [suggestion.entry()]}, "")
        except PatternError as error:
            faults[suggestion.id] = f"is refused ({one_line(str(error))})"
    text = _file([s for s in suggestions if s.id not in faults])
    document = read_yaml(text, "")
    file = File("", text, document=document, patterns=parse(document, ""))
    assert file.patterns is not None
    patterns = Patterns()
    patterns.add(file.patterns)
    material = Material([file], patterns)
    for problem in (*scripts(material), *reachable(material)):
        faults[problem.entry.partition(" ")[0]] = problem.what
    return faults
