"""Listed names: patterns in, one lookup for each distinct word out, however long the lists are.

A name is kept under its base form only: `phrases` maps the folded words of a name, joined by spaces, to its
forms, `prefixes` holds the beginnings of names of several words. A written word is analysed once (morphology.py)
and each of its possible base forms is looked up; whether a reading suits a form is then a matter of its switches.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from turkmen_ner.alphabet import ASCII, VOWELS, fold, pieces
from turkmen_ner.harmony import HARD, SOFT, full, is_back, may_soften, soft
from turkmen_ner.morphology import SOFTENED, UNSOFTENED, Reading, readings
from turkmen_ner.rules import Entry, EvidenceRule, Form, PatternError, Patterns
from turkmen_ner.token_syntax import lists_of
from turkmen_ner.vocabulary import vocabulary

# Switches of a form.
MAYBE, FIXED, MAY_SOFTEN, MAY_STAY, POSSESSED, EXACT, ANY_CASE, LOOSE_CASE = (1 << i for i in range(8))

HYPHEN_PIECES = frozenset("-\u2010\u2011\u2013")
QUOTES = frozenset('"«»“”„‟‹›')
_FREE_INNER_CASE = frozenset({"BODY", "REGION", "COUNTRY"})  # Milli Goranmak / Milli goranmak ministrligi


class NameForm(NamedTuple):
    """A base form of a listed entry: its number in `Gazetteer.entries`, as written, and its switches."""

    entry: int
    written: str
    flags: int


@dataclass(frozen=True, slots=True)
class Listed:
    """What the pipeline needs of an entry."""

    id: str
    label: str
    kb: str
    source: str


class TokenRule(NamedTuple):
    """A token pattern: the number of its entry in `Gazetteer.entries`, and its tokens, see token_syntax.py."""

    entry: int
    tokens: tuple[dict[str, Any], ...]


Context = Mapping[str, Sequence[str | Mapping[str, Sequence[str]]]]  # before, after ... -> their words, see rules.py


class Match(NamedTuple):
    """A listed form and how the last word stands in the text."""

    form: NameForm
    reading: Reading
    base: str  # as the form is written, or its bare form: 5+5 komissiýa

    @property
    def shown(self) -> Reading:
        """The reading of the whole name: the possessive of a compound (ministrligi) is no feature of it."""
        return self.reading.inner if self.form.flags & POSSESSED and self.reading.third else self.reading


def key_words(name: str) -> list[str]:
    """The folded words of a name, as both the lists and the text are looked up: hyphens part words, quotes are gone.

    >>> key_words("Nýu-Ýork"), key_words("Rio-de-Žaneýro"), key_words("«Türkmengaz» döwlet konserni")
    (['nýu', 'ýork'], ['rio', 'de', 'žaneýro'], ['türkmengaz', 'döwlet', 'konserni'])
    """
    words = []
    for piece in pieces(name):
        if not piece.isspace() and piece not in HYPHEN_PIECES and piece not in QUOTES:
            words += fold(piece).split("-")
    return [w for w in words if w]


def bare_stem(word: str) -> str:
    """A word without its possessive of the third person.

    >>> bare_stem("ministrligi"), bare_stem("komissiýasy"), bare_stem("mejlisi"), bare_stem("ogly")
    ('ministrlik', 'komissiýa', 'mejlis', 'ogul')
    """
    stems = []
    if word.endswith(("sy", "si")) and word[-3:-2] in VOWELS:
        stems.append(word[:-2])
    stem = word[:-1]
    if (longer := full(stem)) is not None:
        stems.append(longer)
    if stem[-1:] in HARD:
        stems.append(stem[:-1] + HARD[stem[-1]])
    stems.append(stem)
    return next((s for s in stems if vocabulary().is_stem(s)), stems[0])


def is_possessed(name: str) -> bool:
    """Whether a name ends in a common noun with a possessive, by rule: Milli Goranmak ministrligi.

    >>> is_possessed("Wekiller Mejlisi"), is_possessed("Muammer Kaddafi"), is_possessed("Bengazi")
    (True, False, False)
    """
    words = key_words(name)
    last = words[-1] if words else ""
    if len(words) < 2 or last[-1] not in "yi" or len(last) < 4:
        return False
    stem = bare_stem(last)
    if is_back(stem) != (last[-1] == "y"):  # Mansuri is not mansur + y
        return False
    if last.endswith(("lygy", "ligi", "ýasy")):  # assembleýasy
        return True
    singular = stem[:-3] if stem.endswith(("lar", "ler")) else stem
    return vocabulary().is_stem(singular) and not vocabulary().is_stem(last)


class Gazetteer:
    """The names of a pipeline, ready to look up."""

    def __init__(
        self,
        entries: Sequence[Listed],
        forms: Sequence[NameForm],
        phrases: Mapping[str, Sequence[int]],
        prefixes: frozenset[str],
        lists: Mapping[str, Sequence[str]],
        evidence: Sequence[EvidenceRule],
        token_rules: Sequence[TokenRule] = (),
        contexts: Mapping[int, Context] | None = None,
    ) -> None:
        self.entries = entries
        self.forms = forms
        self.phrases = phrases
        self.prefixes = prefixes
        self.lists = lists
        self.evidence = evidence
        self.token_rules = token_rules
        self.contexts = contexts or {}
        lower = [key_words(form.written) for form in forms if form.flags & ANY_CASE]
        self.lower_starts = frozenset(words[0] for words in lower if len(words) > 1)
        # beginnings of names of one word that count in lower case, without the letter that may change
        self.lower_names = tuple(sorted({words[0][:-1] for words in lower if len(words) == 1}))

    @classmethod
    def build(cls, patterns: Patterns) -> "Gazetteer":
        """Compile patterns. RAISES (PatternError): If an entry asks for a word list that does not exist."""
        entries: list[Listed] = []
        forms: list[NameForm] = []
        phrases: dict[str, list[int]] = {}
        prefixes: set[str] = set()
        token_rules: list[TokenRule] = []
        contexts: dict[int, Context] = {}
        _check_lists(patterns)
        for entry in patterns.entries.values():
            assert entry.label is not None
            assert entry.id is not None
            number = len(entries)
            entries.append(Listed(entry.id, entry.label, entry.kb or "", entry.source))
            if entry.tokens:
                token_rules.append(TokenRule(number, entry.tokens))
            if entry.context:
                contexts[number] = entry.context
            seen: set[tuple[str, ...]] = set()
            for form in entry.forms():
                words = key_words(form.pattern)
                if tuple(words) in seen:
                    continue
                seen.add(tuple(words))
                flags = _flags(form, entry, words)
                place = len(forms)
                forms.append(NameForm(number, form.pattern, flags))
                last = bare_stem(words[-1]) if flags & POSSESSED else words[-1]
                phrases.setdefault(" ".join([*words[:-1], last]), []).append(place)
                for i in range(1, len(words)):
                    prefixes.add(" ".join(words[:i]))
        evidence = tuple(patterns.evidence.values())
        return cls(entries, forms, phrases, frozenset(prefixes), patterns.lists, evidence, tuple(token_rules), contexts)

    def to_data(self) -> dict[str, Any]:
        """Plain lists and mappings, for a compiled file."""
        return {
            "entries": [[e.id, e.label, e.kb, e.source] for e in self.entries],
            "forms": [list(f) for f in self.forms],
            "phrases": {key: list(found) for key, found in self.phrases.items()},
            "prefixes": sorted(self.prefixes),
            "lists": {name: list(words) for name, words in self.lists.items()},
            "evidence": [{**rule.model_dump(), "source": rule.source} for rule in self.evidence],
            "token_rules": [[rule.entry, list(rule.tokens)] for rule in self.token_rules],
            "contexts": [[number, {k: list(v) for k, v in found.items()}] for number, found in self.contexts.items()],
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Gazetteer":
        """The gazetteer that `to_data` described."""
        return cls(
            [Listed(*row) for row in data["entries"]],
            [NameForm(*row) for row in data["forms"]],
            data["phrases"],
            frozenset(data["prefixes"]),
            data["lists"],
            [EvidenceRule.model_construct(**_tuples(row)) for row in data["evidence"]],
            tuple(TokenRule(entry, tuple(tokens)) for entry, tokens in data["token_rules"]),
            {number: {key: tuple(items) for key, items in found.items()} for number, found in data["contexts"]},
        )

    @cached_property
    def _ascii(self) -> tuple[dict[str, list[int]], frozenset[str]]:
        """Phrases and prefixes without the diacritics of Turkmen, for lenient spelling; made when first asked for."""
        phrases: dict[str, list[int]] = {}
        for key, places in self.phrases.items():
            phrases.setdefault(key.translate(ASCII), []).extend(places)
        return phrases, frozenset(key.translate(ASCII) for key in self.prefixes)

    def begins(self, words: str, lenient: bool = False) -> bool:
        """Whether a name of several words begins with these folded words."""
        return words in (self._ascii[1] if lenient else self.prefixes)

    def final(
        self, word: str, folded: str, before: str = "", first: str = "", lenient: bool = False
    ) -> Iterator[Match]:
        """The listed forms that a written word can end, after the folded words `before` (empty, or ending in a space).

        word (str): The last word of the candidate as written. first (str): The first word as written.
        lenient (bool): `folded` and `before` are folded with lenient=True.
        """
        phrases = self._ascii[0] if lenient else self.phrases
        for reading in readings(folded, lenient):
            base = reading.base.replace("-", " ") if "-" in reading.base else reading.base
            for place in phrases.get(before + base, ()):
                form = self.forms[place]
                if (found := _suits(form, reading, word, first or word)) is not None:
                    yield Match(form, reading, found)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _check_lists(patterns: Patterns) -> None:
    problems = []
    for entry in patterns.entries.values():
        if not (entry.tokens or entry.context):
            continue
        for name in dict.fromkeys(lists_of(entry.tokens, [item for items in entry.context.values() for item in items])):
            if name not in patterns.lists:
                known = ", ".join(sorted(patterns.lists)) or "a list under the key lists"
                problems.append(f"{entry.source}: ({entry.id}): LIST: found {name!r}, expected one of {known}")
    if problems:
        raise PatternError("\n".join(problems))


def _flags(form: Form, entry: Entry, words: Sequence[str]) -> int:
    flags = 0
    if form.maybe:
        flags |= MAYBE
    if not form.inflect:
        flags |= FIXED
    last_written = form.pattern.split()[-1]
    proper = last_written[:1].isupper()
    soften: bool | str | None = form.soften
    if soften is None:
        soften = _softens(words[-1], proper)
    flags |= MAY_SOFTEN if soften in (True, "both") else 0
    flags |= MAY_STAY if soften in (False, "both") else 0
    possessed = form.possessed
    if possessed or (possessed is None and is_possessed(form.pattern)):
        flags |= POSSESSED | MAY_SOFTEN | MAY_STAY
    case = form.case or (
        "exact" if _is_abbreviation(form.pattern) else "title" if form.pattern[:1].isupper() else "any"
    )
    if case == "exact":
        flags |= EXACT
    elif case == "any":
        flags |= ANY_CASE
    if entry.label in _FREE_INNER_CASE:
        flags |= LOOSE_CASE
    return flags


def _softens(word: str, proper: bool) -> bool | str:
    """By rule: a common word as the dictionary has it (ministrligi, but kazyýeti), a name either way if it can."""
    if proper or not vocabulary().is_stem(word):
        return "both" if may_soften(word) else False
    return vocabulary().has_stem(soft(word)) if word[-1] in SOFT else False


def _is_abbreviation(name: str) -> bool:
    return len(name) > 1 and " " not in name and name.isupper()


def _suits(form: NameForm, reading: Reading, word: str, first: str) -> str | None:
    """The base form when a reading suits a form, else None."""
    flags = form.flags
    suffixes = reading.suffixes
    if suffixes:
        if flags & FIXED or reading.derived:
            return None
        if reading.change == SOFTENED and not flags & MAY_SOFTEN:
            return None
        if reading.change == UNSOFTENED and not flags & MAY_STAY:
            return None
    if flags & EXACT:
        if not word[: len(reading.base)].isupper():
            return None
    elif not flags & ANY_CASE and not _is_capital(first):
        return None
    if flags & POSSESSED:
        return form.written if reading.third else _bare_written(form.written)
    return form.written


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word[:1] in "¥£"


@cache
def _bare_written(written: str) -> str:
    head, space, last = written.rpartition(" ")
    stem = bare_stem(fold(last))
    same = 0
    while same < min(len(stem), len(last)) and fold(last[same]) == stem[same]:
        same += 1
    return head + space + last[:same] + stem[same:]


@cache
def shipped_bases() -> frozenset[str]:
    """The folded base forms of the shipped one-word names, for `analyse`."""
    from turkmen_ner.store import shipped

    return frozenset(key for key in shipped().phrases if " " not in key)
