"""Context: what is noted of a mention, and the points that the rules of evidence give for it.

The *facts* of a mention - which word lists the words before, inside and after it belong to, its case, its shape - are
bits; a rule of patterns/evidence.yaml gives points to a label when all of its facts hold. Points of all mentions of a
name in the document add up (document.py).
"""

from collections.abc import Sequence
from itertools import takewhile

from turkmen_ner.gazetteer.entry import MAYBE
from turkmen_ner.gazetteer.lookup import Match
from turkmen_ner.morphology.analysis import HYPHENATED, Reading
from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, QUOTES
from turkmen_ner.recognition.evidence import PLACES, Evidence
from turkmen_ner.recognition.joining import are_initials, whole_name
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, NONE, SENTENCE_END, SPACE, Word, case_of
from turkmen_ner.recognition.word_lists import ListBits

ARTICLES = ("The", "Die", "Le")  # begin the names of foreign papers and companies
LOCATED = ("CITY", "REGION", "COUNTRY", "BODY")  # where somebody is or goes
DASHES = frozenset("—–-")  # begin what somebody says
LIKE = "ýaly"  # ends a list of examples; what they are examples of follows
CALLED = "atly"  # stands between a title and what it is the title of
SIDE = 3  # words of a side in a list of games, at most
TITLE = 12  # words of a title, at most
FRAME_SHARE, FRAME_FORMS = 0.025, 4  # of its words, and how many different ones, that say what a document is about


class Context:
    """Notes the facts of a mention."""

    def __init__(self, evidence: Evidence, sets: ListBits) -> None:
        self.evidence = evidence
        self.sets = sets
        self.shape = shape = evidence.shape
        self.offsets = [evidence.offset[place] for place in PLACES]
        self.of_all = shape["shape:caps"] | shape["shape:common"]
        self.of_any = shape["shape:digit"] | shape["shape:link"] | shape["shape:particle"]
        self.of_case = {name.removeprefix("case:"): bit for name, bit in shape.items() if name.startswith("case:")}
        self.of_label = {
            name.removeprefix("listed:"): bit | shape["listed:any"]
            for name, bit in shape.items()
            if name.startswith("listed:")
        }
        for label in ("CITY", "REGION"):
            self.of_label[label] |= shape["listed:place"]
        self.of_first = (
            shape["shape:initial"] | shape["shape:common-first"] | shape["shape:the"] | shape["shape:domain"]
        )

    def frames(self, text: Text) -> int:
        """The facts of what a text is about: it has many different words of a list, as a sport report has."""
        asked, facts = self.evidence.frames, 0
        hits = [word for word in text.words if word.lists & asked]
        if len(hits) < FRAME_FORMS:
            return 0
        least = max(FRAME_FORMS, FRAME_SHARE * sum(word.letters for word in text.words))
        while asked:
            bit = asked & -asked
            ours = [word.folded for word in hits if word.lists & bit]
            facts |= bit if len(ours) >= least and len(set(ours)) >= FRAME_FORMS else 0
            asked ^= bit
        return facts << self.offsets[-1]

    def titled(self, text: Text) -> frozenset[int]:
        """The places inside quoted titles of works: «Keýmir kör» operasy, «Şasenem we Garyp» atly dessan."""
        if not text.has_quotes:
            return frozenset()
        words, separators, works = text.words, text.separators, self.sets.work
        found: set[int] = set()
        start = -1
        for k in [k for k, word in enumerate(words) if word.text in QUOTES]:
            opens = k + 1 < len(words) and separators[k + 1] == NONE and (k == 0 or separators[k] != NONE)
            if opens or start < 0 or k - start > TITLE:
                start = k if opens else -1
                continue
            after = words[k + 1 : k + 4]
            lower = list(takewhile(lambda word: word.letters and not word.upper, after))
            owner = next((m for m, word in enumerate(lower, 1) if word.case == "Gen"), len(lower))
            lower = lower[:owner]  # «Bulut» kärhanasynyň | kitaby
            called = after[:1] and after[0].folded == CALLED
            if any(word.possessed & works for word in lower) or (called and any(w.lists & works for w in after)):
                found.update(range(start + 1, k))
            start = -1
        return frozenset(found)

    def note(self, text: Text, mention: Mention, frames: int = 0) -> None:
        """Set the base form, reading and facts of a mention. frames (int): What the text is about, see `frames`."""
        words, i, j = text.words, mention.i, mention.j
        word_lists, (at_before, at_after, at_head, at_first, at_last, at_whole, _) = (
            self.evidence.word_lists,
            self.offsets,
        )
        facts = frames | words[i].lists << at_first | words[j - 1].lists << at_last
        facts |= whole_name(self.evidence.word_lists, words[mention.i : mention.j]) << at_whole
        before = self._before(text, i)
        if before is not None:
            facts |= before.nominative << at_before
        k = self._after(text, j)
        if k:
            after = words[k]
            facts |= after.lists << at_after | after.possessed << at_head
            if k > j and not after.nominative & self.sets.function:  # «Zähmet» daýhan birleşigi
                for other in words[k + 1 : k + 3]:
                    if not other.letters or other.upper:
                        break
                    facts |= other.possessed << at_head
            if after.text == LIKE:  # Norgil ýaly gadymy şäherler
                for other in words[k + 1 : k + 4]:
                    if not other.letters or other.upper:
                        break
                    if other.plural:
                        facts |= other.lists << at_head
                        break
            pairs = word_lists.pairs.get(after.folded)
            if pairs is not None and k + 1 < len(words):
                every, _, possessed, _ = word_lists.of(words[k + 1].folded, pairs)
                facts |= every << at_after | possessed << at_head
        if mention.reading is None:
            mention.reading = words[j - 1].best_reading
        mention.facts = facts | self._shapes(text, mention, mention.reading)
        mention.points, mention.reasons = self.evidence.weigh(mention.facts)

    def _shapes(self, text: Text, mention: Mention, reading: Reading) -> int:
        """The facts of SHAPES that hold."""
        words, i, j = text.words, mention.i, mention.j
        shape, first = self.shape, words[i]
        every, some, count = self.of_all, 0, 0
        for word in words[i:j]:
            facts = self._of_word(word)
            some |= facts
            if word.letters:
                if len(word.text) > 1 or j - i == 1:  # C-SPAN is in capitals
                    every &= facts
                count += 1
            elif word.text == "&":
                some |= shape["shape:link"]
        facts = every | some & self.of_any | self._of_word(first) & self.of_first
        facts |= shape["words:4+" if count > 3 else ("words:1", "words:1", "words:2", "words:3")[count]]
        facts |= self.of_case.get(case_of(reading), 0)
        if reading.suffixes:
            if reading.plural:
                facts |= 0 if words[j - 1].nominative & self.sets.given else shape["shape:plural"]  # Aýlar
                facts |= shape["shape:plural-possessed"] if reading.third else 0
            facts |= shape["shape:hyphen"] if reading.change == HYPHENATED else 0
            facts |= shape["shape:possessed"] if reading.personal else 0
        if self.is_quoted(text, mention):
            facts |= shape["shape:quoted"]
        elif text.starts_sentence(i):
            facts |= shape["shape:start"]
        if (
            j + 1 < len(words)
            and words[j].text == ","
            and _is_place(text, text.listed(j + 1)[:1], ("REGION", "COUNTRY"))
        ):
            facts |= shape["after:comma-place"]
        if is_score(text, j):
            facts |= shape["after:score"]
        if i in text.titled:
            facts |= shape["shape:titled"]
        if is_row(text, i, j):
            facts |= shape["shape:row"]
        if is_side(text, i, j) and is_fixture(text, i, j):
            facts |= shape["shape:fixture"]
        facts |= self._of_neighbours(text, i, j)
        if are_initials(text, j - 1):
            facts |= shape["shape:initials-last" if count > 1 else "shape:initials"]
        elif not words[j - 1].upper and count > 1 and words[j - 1].lists & self.sets.rank:
            facts |= shape["shape:rank"]
        elif count == 1 and is_vocative(text, self.sets, i):
            facts |= shape["shape:vocative"]
        for entry, _ in mention.options:
            facts |= self.of_label.get(entry.label) or shape["listed:any"]
        if j - i > 1 and first.names and _is_place(text, [(i + 1, match) for match in first.names]):
            facts |= shape["listed:first-place"]
        if j - i > 1 and words[j - 1].names and _is_place(text, [(j, m) for m in words[j - 1].names], ("CITY",)):
            facts |= shape["listed:last-city"]
        return facts

    def _of_neighbours(self, text: Text, i: int, j: int) -> int:
        """The facts of SHAPES that a listed place right before or after the words i to j gives."""
        words, facts = text.words, 0
        if i and words[i - 1].names and text.separators[i] == SPACE:
            owner = [(i, match) for match in words[i - 1].names if case_of(match.reading) == "Gen"]
            facts |= self.shape["before:place-genitive"] if _is_place(text, owner) else 0
        if j < len(words) and words[j].names and text.separators[j] == SPACE:
            head = j + 1 < len(words) and not words[j + 1].upper and words[j + 1].possessed & self.sets.place
            cases = ("Nom", "Loc", "Abl", "Dat") if head else ("Loc", "Abl", "Dat")
            inside = [(j, match) for match in words[j].names if case_of(match.reading) in cases]
            body = words[j].upper and words[j].lists & self.sets.body and not words[j].possessed  # Serdar | Mejlisde
            inside_body = body and words[j].case in ("Loc", "Abl", "Dat")
            facts |= self.shape["after:place-case"] if inside_body or _is_place(text, inside, LOCATED) else 0
        return facts

    def _of_word(self, word: Word) -> int:
        """The facts of SHAPES that a word has by itself."""
        if word.shapes < 0:
            shape, lower = self.shape, not word.upper
            facts = 0
            for fact, holds in (
                ("caps", word.abbreviation),
                ("common", word.common),
                ("digit", word.digit),
                ("link", lower and word.lists & self.sets.link),
                ("particle", lower and word.lists & self.sets.particle),
                ("initial", word.initial),
                ("common-first", word.common),
                ("the", word.text in ARTICLES),
                ("domain", word.domain),
            ):
                facts |= shape[f"shape:{fact}"] if holds else 0
            word.shapes = facts
        return word.shapes

    def contested(self, text: Text, mention: Mention, frames: int = 0) -> bool:
        """Whether the context may overrule a listed name: it is quoted, a word for another kind of thing follows, or
        it is a town that has a club, in a text that is about something (`frames`).
        """
        words, j = text.words, mention.j
        if mention.i in text.titled or self.is_site(text, j):
            return True
        if mention.label != "COUNTRY" and is_side(text, mention.i, j) and is_fixture(text, mention.i, j):
            return True
        if mention.label == "PERSON":  # Seljuk türkmenleri
            return j < len(words) and bool(words[j].possessed & self.sets.people)
        if frames and mention.label in ("CITY", "REGION"):
            named = words[mention.i : j]
            if whole_name(self.evidence.word_lists, named) & self.sets.club or is_row(text, mention.i, j):
                return True
        if j >= len(words):
            return False
        if self.is_quoted(text, mention):
            return True
        kinds = {"CITY": self.sets.city, "REGION": self.sets.region}.get(mention.label, 0)
        return bool(words[j].possessed & (self.sets.ship | self.sets.city | self.sets.region) & ~kinds)

    def is_site(self, text: Text, j: int) -> bool:
        """Whether what ends before word j names a street, a stadium or such: Magtymguly köçesi, «Oguz han» toplumy."""
        words = text.words
        k = self._after(text, j)
        if not k:
            return False
        for word in words[k : k + 3 if k > j else k + 1]:
            if not word.letters or word.upper:
                return False
            if word.possessed & self.sets.site or word.lists & self.sets.site_short:
                return True
        return False

    @staticmethod
    def is_quoted(text: Text, mention: Mention) -> bool:
        """Whether quotation marks stand right before and after a mention."""
        words, i, j = text.words, mention.i, mention.j
        if i == 0 or j >= len(words) or text.separators[i] != NONE or text.separators[j] != NONE:
            return False
        return words[i - 1].text in QUOTES and words[j].text in QUOTES

    @staticmethod
    def _before(text: Text, i: int) -> Word | None:
        """The word before word i in its line, over one quotation mark."""
        words, separators = text.words, text.separators
        if i == 0 or separators[i] == LINE:
            return None
        k = i - 1
        if words[k].text in QUOTES:
            if k == 0 or separators[k] == LINE:
                return None
            k -= 1
        return words[k] if words[k].letters else None

    @staticmethod
    def _after(text: Text, j: int) -> int:
        """The place of the word after word j - 1 in its line, over one quotation mark; 0 if there is none."""
        words, separators = text.words, text.separators
        if j >= len(words) or separators[j] == LINE:
            return 0
        if words[j].text in QUOTES:
            j += 1
            if j >= len(words) or separators[j] == LINE:
                return 0
        return j if words[j].letters else 0


def is_score(text: Text, k: int) -> bool:
    """Whether the score of a game stands at word k: 2-1, 3:0; 19:30 is rather a time."""
    words, separators = text.words, text.separators
    if k >= len(words) or not words[k].digit:
        return False
    home, colon, away = words[k].text.partition(":")
    if colon:
        return home.isdigit() and away.isdigit() and (len(away) == 1 or len(home) == 3)
    if k + 2 >= len(words) or words[k + 1].text not in HYPHEN_PIECES or separators[k + 1] or separators[k + 2]:
        return False
    away = words[k + 2].text.partition("-")[0]
    return home.isdigit() and away.isdigit() and max(len(home), len(away)) < 4


def is_row(text: Text, i: int, j: int) -> bool:
    """Whether the words i to j are the name in a row of a table of results: 3. Norgil 12 7 2 23."""
    words, separators, n = text.words, text.separators, len(text.words)
    if j + 1 >= n or not words[j].digit or words[j].letters:
        return False
    k = j
    while k < n and (separators[k] != LINE) and not words[k].letters:
        k += 1
    numbers = sum(word.digit for word in words[j:k])
    start = i
    while start and separators[start] != LINE and not words[start - 1].letters:
        start -= 1
    return numbers > 1 and (k == n or separators[k] == LINE) and (start == 0 or separators[start] == LINE)


def is_side(text: Text, i: int, j: int) -> bool:
    """Whether a dash stands beside the words i to j, as in a list of games."""
    words = text.words
    return (i > 0 and words[i - 1].text in DASHES) or (j < len(words) and words[j].text in DASHES)


def is_fixture(text: Text, i: int, j: int) -> bool:
    """Whether the words i to j are a side of a game on a line of its own: Norgil - Kerbuk 2:1."""
    words, separators, n = text.words, text.separators, len(text.words)
    start = i
    while start and separators[start] != LINE:
        start -= 1
    end = j
    while end < n and separators[end] != LINE and end - start < 16:
        end += 1
    dash = next((k for k in range(start + 1, end) if words[k].text in DASHES and separators[k] == SPACE), 0)
    score = next((k for k in range(dash + 2, end) if is_score(text, k)), 0) if dash else 0
    sides = [[word for word in words[a:b] if word.letters] for a, b in ((start, dash), (dash, score))]
    named = all(side and side[0].upper and len(side) <= SIDE for side in sides)  # Altyn asyr - Norgil 2:1
    return score > 0 and named and not any(word.letters for word in words[score:end])


def is_vocative(text: Text, sets: ListBits, i: int) -> bool:
    """Whether somebody is called by word i: after a greeting, or alone between a mark of speech and a comma."""
    words, separators = text.words, text.separators
    if i > 1 and words[i - 1].text == "," and separators[i] != LINE and words[i - 2].lists & sets.greeting:
        return True
    if i + 1 >= len(words) or words[i + 1].text not in (",", "!"):
        return False
    if i == 0 or separators[i] == LINE or words[i - 1].text in SENTENCE_END:
        return words[i + 1].text == "!"
    return words[i - 1].text in DASHES and text.starts_sentence(i)


def _is_place(
    text: Text, listed: Sequence[tuple[int, Match]], labels: Sequence[str] = ("CITY", "REGION", "COUNTRY")
) -> bool:
    """Whether a sure listed form is a place."""
    entries = text.lexicon.gazetteer.entries
    return any(not match.form.flags & MAYBE and entries[match.form.entry].label in labels for _, match in listed)
