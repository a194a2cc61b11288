"""The tagger: runs the steps from a text to its mentions, in order."""

from collections.abc import Callable, Sequence
from typing import Any

from turkmen_ner.gazetteer.entry import MAYBE, NONE, Listed
from turkmen_ner.gazetteer.lookup import Gazetteer, Match
from turkmen_ner.morphology.dictionary import is_common, vocabulary
from turkmen_ner.orthography.segmentation import QUOTES
from turkmen_ner.recognition import calibration
from turkmen_ner.recognition.cache import Cache
from turkmen_ner.recognition.candidates import Finder
from turkmen_ner.recognition.casing import lower_words, raise_words, silent_places
from turkmen_ner.recognition.code import mask
from turkmen_ner.recognition.document import PLACES, decide
from turkmen_ner.recognition.evidence import Evidence
from turkmen_ner.recognition.features import Context
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.lines import unwrap
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.overlap import give_way, join
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import NONE as NO_SPACE
from turkmen_ner.recognition.word import Word, case_of
from turkmen_ner.recognition.word_lists import ListBits

Rules = Callable[[Text], list[Mention]]


class Tagger:
    """Finds the names of a text with one set of patterns. Holds nothing of spaCy."""

    def __init__(self, gazetteer: Gazetteer, infer: bool = True, lenient: bool = False, min_score: float = 0.0) -> None:
        self.gazetteer = gazetteer
        self.infer = infer
        self.min_score = min_score
        self.lexicon = Lexicon(gazetteer, lenient)
        self.evidence = Evidence(gazetteer.evidence, self.lexicon.word_lists)
        self.sets = ListBits(self.lexicon.word_lists)
        self.finder = Finder(self.sets)
        self.context = Context(self.evidence, self.sets)
        self.stops = gazetteer.stops
        self._choices: Cache[tuple[Match, ...], dict[str, Any]] = Cache()

    def mentions(self, text: str, rules: Rules | None = None) -> tuple[Text, list[Mention]]:
        """The text as words, and all mentions with their decision: label "" where none was accepted.

        rules (callable): Gives the matches of token rules in the text, see token_rules.py.
        """
        cut = Text(self.lexicon, text)
        return cut, self.find(cut, rules)

    def find(self, cut: Text, rules: Rules | None = None, lost: list[Mention] | None = None) -> list[Mention]:
        """All mentions of a text that is cut into words. lost (list): Takes those whose words went to another one."""
        unwrap(cut)
        mask(cut)
        names = listed = self._names(cut)
        matched = rules(cut) if rules is not None else []
        stops = [mention for mention in matched if mention.label == NONE]
        matched = [mention for mention in matched if mention.label != NONE]
        if matched:
            listed = join(listed, matched)
        free = found = self.finder.find(cut, listed) if self.infer else listed
        if matched:
            found = give_way(found, listed)
        frames, cut.titled = self.context.frames(cut), self.context.titled(cut)
        for mention in found:
            if mention.rule:
                continue
            settled = mention.entry is not None and len(mention.options) < 2 and not mention.maybe
            if not settled or self.context.contested(cut, mention, frames):
                self.context.note(cut, mention, frames)
        decide(cut, found, self.infer)
        if stops or self.stops:
            self._silence(cut, found, stops)
        for mention in found:
            if mention.label:
                mention.score = calibration.score(mention)
                if mention.score < self.min_score:
                    mention.unsure, mention.label = mention.label, ""
        if lost is not None:
            kept = {(m.i, m.j, m.label) for m in found}  # a rule that confirmed a listed name lost nothing
            ours = set(map(id, found))
            others = {id(m): m for m in (*names, *matched, *free)}
            lost += [m for k, m in others.items() if k not in ours and (m.i, m.j, m.label) not in kept]
        return found

    def _silence(self, text: Text, found: Sequence[Mention], stops: Sequence[Mention]) -> None:
        """Take their labels from names that are not to be found: one that is such a name, or stands within one.

        stops (list): The matches of token rules with the label NONE.
        """
        entries = self.gazetteer.entries
        within: dict[int, list[tuple[int, Listed]]] = {}  # a word -> the ends of such names that it is in
        for i, word in enumerate(text.words) if self.stops else ():
            for j, number in text.stopped(i) if i in text.silent or self.lexicon.stop(word) else ():
                for k in range(i, j):
                    within.setdefault(k, []).append((j, entries[number]))
        for stop in stops:
            assert stop.entry is not None
            for k in range(stop.i, stop.j):
                within.setdefault(k, []).append((stop.j, stop.entry))
        for mention in found:
            guessed = mention.entry is None or mention.rule
            for j, entry in within.get(mention.i, ()) if mention.label else ():
                if mention.j <= j and (guessed or entry.label == NONE):
                    mention.stop, mention.unsure, mention.label = entry, mention.label, ""

    def _names(self, text: Text) -> list[Mention]:
        """Listed names, also where capitals say nothing."""
        silent = silent_places(text, self.sets, self.lexicon.lenient)
        if not silent:
            return self._listed(text)
        bare = not any(text.words[k].upper for k in text.notable)
        raise_words(text, self.sets, silent)
        return lower_words(text, self.sets, silent, self._listed(text), bare)

    def _listed(self, text: Text) -> list[Mention]:
        """Listed names, longest first from the left."""
        found = []
        words = text.words
        end = 0
        for i in text.notable:
            if i < end:
                continue
            word = words[i]
            matches: Sequence[Match] = word.names
            end = i + 1
            if word.starter or word.bound:
                end, matches = text.longest(i)
            if not matches:
                continue
            if matches is word.names:
                choice = word.choice or self._choice(word, 1, matches)
                word.choice = choice
            elif end > i + 1:
                key = tuple(matches)
                choice = self._choices.get(key) or self._choice(word, end - i, matches)
                self._choices[key] = choice
            else:
                choice = self._choice(word, 1, matches)
            mention = Mention(i, end, **choice)
            if end - i > 1:
                end = self._trim(text, mention)
            elif self.infer and self._is_doubtful(text, mention):
                _doubt(mention)
            found.append(mention)
        return found

    def _is_doubtful(self, text: Text, mention: Mention) -> bool:
        """Whether a form of a listed name is rather another word: Zamanyň begins a sentence; Sona is not Sony."""
        word, reading = text.words[mention.i], mention.reading
        if mention.label == "BODY" and word.nominative & self.sets.given and reading is not None and reading.suffixes:
            return True
        return _is_rather_a_word(text, mention) and not word.lists & self.sets.body  # Senatda

    def _choice(self, first: Word, length: int, matches: Sequence[Match]) -> dict[str, Any]:
        """What a mention of `length` words that begins with `first` has from the listed forms that it matches."""
        entries = self.gazetteer.entries
        sure = [match for match in matches if not match.form.flags & MAYBE]
        options: dict[int, tuple[Listed, Match]] = {}
        for match in matches:
            options.setdefault(match.form.entry, (entries[match.form.entry], match))
        best = (sure or matches)[0]
        entry = entries[best.form.entry] if sure else None
        maybe = not sure
        if length == 1 and best.reading.suffixes and first.folded in self.lexicon.word_lists.stems:
            maybe = maybe or bool(first.nominative & self.sets.given)  # Kerim: a given name, rather than a form of Ker
        return {
            "maybe": maybe,
            "options": tuple(options.values()),
            "reading": best.shown,
            "name": best.base,
            "entry": entry,
            "label": entry.label if entry else "",
        }

    def _trim(self, text: Text, mention: Mention) -> int:
        """Leave a lower-case word for the kind outside (Mary welaýaty), and a country in the genitive before a body.

        RETURNS (int): Where to look for the next name.
        """
        i, j = mention.i, mention.j
        words = text.words
        sets = self.sets
        entry = mention.entry or mention.options[0][0]
        closing = next((k for k in range(i + 1, j) if words[k].text in QUOTES and text.separators[k] == NO_SPACE), j)
        opening = next((k for k in range(i, closing) if words[k].text in QUOTES), i - 1)
        if opening > i and closing < j:  # Oguz han adyndaky «Türkmenfilm» birleşigi
            mention.i = opening + 1
        if closing < j:  # «Türkmengaz» döwlet konserni
            self._cut(text, mention, closing, entry)
            return j
        last = words[j - 1]
        if last.possessed & sets.region_inside or (
            last.possessed & sets.region_bound and self._other(entry, text, i, j - 1)
        ):
            return j  # Gebrid adalary, Ženewa köli
        if entry.label == "COUNTRY" and last.possessed & sets.state:
            return j  # Buhara emirligi
        if not last.upper and last.lists & (sets.place | sets.body_outside):
            for end in range(j - 1, i, -1):
                if (words[end - 1].upper and entry.label in PLACES) or self._has_form(entry, text, i, end):
                    self._cut(text, mention, end, entry)
                    return j
        if entry.label == "BODY" and j - i > 2 and words[i + 1].upper:
            owner = next((m for m in words[i].names if self.gazetteer.entries[m.form.entry].label in PLACES), None)
            if owner is not None and case_of(owner.reading) == "Gen":
                mention.j = i + 1
                place = self.gazetteer.entries[owner.form.entry]
                mention.reading, mention.name = owner.reading, owner.base
                mention.entry, mention.label = place, place.label
                mention.options, mention.maybe = ((place, owner),), False
                return i + 1
        return j

    def _other(self, entry: Listed, text: Text, i: int, j: int) -> bool:
        """Whether the words i to j alone mean another thing than the entry: Ženewa, Miçigan, Türkmen."""
        word = text.words[i]
        other = bool(word.names or word.lists & (self.sets.people | self.sets.given))
        return other and not self._has_form(entry, text, i, j)

    @staticmethod
    def _cut(text: Text, mention: Mention, end: int, entry: Listed) -> None:
        """End a listed mention at word `end`; what was cut off has said which entry it is."""
        last = text.words[end - 1]
        mention.j, mention.reading = end, last.readings[0]
        mention.name = text.between(mention.i, end - 1) + last.text
        mention.options = ((entry, mention.options[0][1]),)
        mention.maybe, mention.entry, mention.label = False, entry, entry.label

    def _has_form(self, entry: Listed, text: Text, i: int, j: int) -> bool:
        """Whether the words i to j are a base form of the entry."""
        key = " ".join(w.folded.replace("-", " ") for w in text.words[i:j] if w.letters or w.digit)
        return any(
            self.gazetteer.entries[self.gazetteer.forms[f].entry] is entry for f in self.gazetteer.phrases.get(key, ())
        )


def _is_rather_a_word(text: Text, mention: Mention) -> bool:
    """Whether a sentence begins with what may be a form of a listed name or of a common word: Ýazda, Zamanyň."""
    word = text.words[mention.i]
    inflected = mention.reading is not None and mention.reading.suffixes
    open_ = bool(not mention.maybe and mention.label != "COUNTRY" and inflected)
    if not open_ or not word.common or word.abbreviation or not text.starts_sentence(mention.i):
        return False
    base = mention.reading.base if mention.reading is not None else ""
    return any(r.base != base and vocabulary().is_stem(r.base) for r in word.readings) and not is_common(base)


def _doubt(mention: Mention) -> None:
    """Take a listed name as one that is also a word."""
    mention.maybe, mention.entry, mention.label = True, None, ""
    mention.options = tuple(
        (entry, match._replace(form=match.form._replace(flags=match.form.flags | MAYBE)))
        for entry, match in mention.options
    )
