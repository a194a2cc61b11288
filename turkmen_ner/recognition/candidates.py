"""Candidates: names on no list, found by their capitals and joined into runs of words.

A candidate is a run of capitalised words that no listed name accounts for; it may take in a listed name (Jordan
Pikford) and go on in lower case to the head of an organisation's name. docs/how-it-works.md tells the rules in words.
"""

import re
from collections.abc import Mapping, Sequence

from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, QUOTES
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import BEFORE_NAME, LINE, NONE, OPEN, SPACE, UNLESS_GIVEN, Word, case_of
from turkmen_ner.recognition.word_lists import CueSets

JOINERS = HYPHEN_PIECES - {"–"} | {"&"}
ROMAN = re.compile("[IVX]{2,}(?:-.*)?").fullmatch
MOST_WORDS = 32  # of one candidate; a page in capitals is no name
PUBLIC = ("döwlet", "milli")  # stand before the head of a body: Norgil döwlet uniwersiteti
RUSSIAN = ("ow", "ew", "owa", "ewa")  # endings of surnames, after which no name goes on
INNER = frozenset({"we", "hem-de", "boýunça"})  # stand inside the names of bodies


class Finder:
    """Finds candidates in a text."""

    def __init__(self, sets: CueSets) -> None:
        self.sets = sets
        self.inner = sets.particle | sets.link

    def find(self, text: Text, listed: Sequence[Mention]) -> list[Mention]:
        """Candidates, with the listed names they absorb; in order and apart."""
        words = text.words
        at = {m.i: m for m in listed if not m.maybe}
        maybe = {m.i: m for m in listed if m.maybe}
        shouting = self._shouting(text)
        found: list[Mention] = []
        end = 0
        for i in text.hot:
            if i < end:
                continue
            if not words[i].upper or i in shouting:
                run = at.get(i) or maybe.get(i)
            else:
                run = self._run(text, i, at)
                perhaps = maybe.get(i)
                if perhaps is not None and (run is None or (run.j <= perhaps.j and run.entry is None)):
                    run = perhaps  # one more reading of the same words
            if run is not None:
                found.append(run)
                end = run.j
        return self._merge(text, self._split(text, found))

    def _split(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """Part two names that stand side by side, when the document has each of them alone: Zenlitta | Kolmanyň."""
        words = text.words
        if not any(mention.j - mention.i > 1 and not mention.options for mention in found):
            return list(found)
        alone: set[str] = set()
        tails: dict[str, set[str]] = {}  # Kolman -> Bernd
        for mention in found:
            alone.update(_keys(words[mention.i : mention.j]))
            if mention.j - mention.i > 1 and words[mention.i].cues & self.sets.given:
                for key in _keys(words[mention.i + 1 : mention.j]):
                    tails.setdefault(key, set()).add(words[mention.i].folded)
        result = []
        for mention in found:
            cut = 0
            if mention.j - mention.i > 1 and not mention.options:
                cut = self._seam(words[mention.i : mention.j], alone, tails)
            if cut:
                result += [Mention(mention.i, mention.i + cut), Mention(mention.i + cut, mention.j)]
            else:
                result.append(mention)
        return result

    def _seam(self, words: Sequence[Word], alone: set[str], tails: Mapping[str, set[str]]) -> int:
        """Where the second of two names begins, 0 if it is one.

        alone: the names that the document has; tails: surname -> the given names it has before it.
        """
        if words[0].text == "The":
            return 0
        given = words[0].cues & self.sets.given != 0
        for k in range(1, len(words)):
            before, after = words[k - 1], words[k]
            if not before.letters or not after.upper or after.headed & self.sets.body:
                continue
            if before.cues & self.sets.particle:  # Muhammet ibn Ahmet
                continue
            longer = len(words) - k > 1
            second = _keys(words[k:])
            if longer and not alone.isdisjoint(second):  # Kerbuk | Anna Mariýa Kolman
                return k
            first = _keys(words[:k], bare=True)
            known = not alone.isdisjoint(first)
            if k == 1 and (given or not known):
                continue
            others = [tails[key] for key in second if key in tails]
            if others and not any(before.folded in names for names in others):  # Zenlitta | Kolman
                return k
            if after.cues & self.sets.given and longer and not after.cues & self.sets.particle:  # Hamad Al Sani
                return k
            if (
                k > 1
                and before.folded.endswith(RUSSIAN)
                and after.cues & self.sets.given
                and not after.cues & (self.sets.surname | self.sets.particle)
            ):
                return k  # Batyr Zirnow | Nermiýa
            if known and not alone.isdisjoint(second) and any(key in tails for key in first):  # Kolman | Zenlitta
                return k
        return 0

    def _may_own(self, text: Text, mention: Mention) -> bool:
        """Whether a mention is a body in the genitive, listed or an abbreviation: BMG-nyň."""
        if mention.options:
            label = mention.label or mention.options[0][0].label
            if mention.maybe and text.words[mention.i].cues & (self.sets.given | self.sets.surname):
                return False
            reading, body = mention.options[0][1].reading, label == "BODY"
        else:
            word = text.words[mention.i]
            reading, body = word.lead, word.caps and mention.j - mention.i == 1
        return body and case_of(reading) == "Gen"

    def _merge(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """A body in the genitive belongs to the body it has: Senatyň Adalat komiteti."""
        result: list[Mention] = []
        for mention in found:
            before = result[-1] if result else None
            if (
                before is not None
                and self._may_own(text, before)
                and before.j == mention.i
                and text.gap[mention.i] == SPACE
                and text.words[mention.j - 1].cues & self.sets.body
                and (mention.label == "" or (mention.label == "BODY" and mention.j - mention.i > 1))
            ):
                result[-1] = Mention(before.i, mention.j)
            else:
                result.append(mention)
        return result

    @staticmethod
    def _shouting(text: Text) -> set[int]:
        """The words in a line or run of words written wholly in capitals, where capitals say nothing."""
        words, gap = text.words, text.gap
        loud = [i for i in text.hot if words[i].letters and (words[i].shout or len(words[i].text) == 1)]
        found: set[int] = set()
        if len(loud) < 3:
            return found
        for i in loud:
            start = i
            while start and gap[start] != LINE and not words[start - 1].letters:
                start -= 1
            if gap[start] == LINE:  # the first word of a line
                end = _line_end(text, start)
                letters = [word for word in words[start:end] if word.letters]
                if len(letters) > 2 and all(word.shout or len(word.text) == 1 for word in letters):
                    found.update(range(start, end))
        run: list[int] = []
        for i in [*loud, len(words)]:
            if run and i == run[-1] + 1 and i < len(words) and words[i].shout:
                run.append(i)
                continue
            if len(run) > 2 and sum(words[k].common for k in run) > 1:
                found.update(run)
            run = [i] if i < len(words) and words[i].shout else []
        return found

    def _run(self, text: Text, i: int, at: Mapping[int, Mention]) -> Mention | None:
        """The candidate that begins at word i, or the listed name there, or None."""
        words = text.words
        first = at.get(i)
        if first is None and not self._can_start(text, i, at):
            return None
        parts: list[Mention | int] = []
        k, n = i, len(words)
        while k < n and k - i < MOST_WORDS:
            if parts and not words[k].upper:
                break
            here = at.get(k)
            if parts and not self._joins(text, i, parts[-1], k, here):
                break
            if here is not None:
                parts.append(here)
                k = here.j
            else:
                parts.append(k)
                k += 1
            if k < n and (words[k].cues & self.inner or words[k].text in JOINERS):
                k = self._over_particles(text, k)
        if len(parts) > 1 and isinstance(parts[-1], int) and self._is_people(words[parts[-1]]):
            if len(parts) == 2 or words[i].common:
                return None
            parts.pop()  # Nermiýa Kalber | Owgan
        j = parts[-1] + 1 if isinstance(parts[-1], int) else parts[-1].j
        if len(parts) == 1 and first is not None:
            grown = self._grow(text, i, first.j, first)
            if grown == first.j:
                return first
            return Mention(i, grown)
        return Mention(i, self._with_tail(text, i, self._grow(text, i, j, None)))

    def _with_tail(self, text: Text, i: int, j: int) -> int:
        """The end of a person's name with a lower-case tail: Oguz han, Myrat Annaýew Gurban ogly."""
        words = text.words
        if j >= len(words) or text.gap[j] != SPACE or words[j].upper or not words[j].cues & self.sets.tail:
            return j
        if words[j - 1].lead.suffixes or (words[i].common and text.starts_sentence(i)):
            return j
        if words[j].folded.startswith(("ogl", "gyz")) and j - i < 3:  # Kolman ogly, Kolman's son
            return j
        return j + 1

    def _over_particles(self, text: Text, k: int) -> int:
        """The place after hyphens and lower-case particles that stand inside names (de, al, bin) before a capital."""
        words = text.words
        if k >= len(words) or not (words[k].cues & self.inner or words[k].text in JOINERS):
            return k
        m = k
        while m < len(words) and m - k < 3 and text.gap[m] != LINE:
            word = words[m]
            joiner = (
                word.text in JOINERS
                and m + 1 < len(words)
                and text.gap[m] == text.gap[m + 1]
                and (text.gap[m] == NONE or word.text == "&")
            )
            if not joiner and not (
                word.letters and not word.upper and word.cues & self.inner and word.text == word.folded
            ):
                break
            m += 1
        if m > k and m < len(words) and words[m].upper and text.gap[m] != LINE:
            return m
        return k

    def _can_start(self, text: Text, i: int, at: Mapping[int, Mention]) -> bool:
        word = text.words[i]
        if (
            not word.letters
            or not word.upper
            or word.cues & self.sets.acronym
            or word.cues & self.sets.function
            or self._is_derived(word)
            or ROMAN(word.text)
        ):
            return False
        if word.cues & (self.sets.people | self.sets.calendar) and not word.caps:
            if word.cues & self.sets.given and not text.starts_sentence(i):
                return True
            return not word.cues & self.sets.calendar and self._grow(text, i, i + 1, None) > i + 1
        title = word.plain & self.sets.title or (
            word.cues & self.sets.title and word.common and not word.plain & self.sets.given  # Merdan, also from a mer
        )
        if title and not word.caps:
            return self._starts_body(text, i, at)
        if word.cues & self.sets.conjunction and text.starts_sentence(i):
            return False
        follows = i + 1 < len(text.words) and text.gap[i + 1] != LINE and text.words[i + 1].upper
        if self._over_particles(text, i + 1) > i + 1 and text.words[i + 1].text in HYPHEN_PIECES:
            return True  # San-Hose
        if text.starts_sentence(i):
            if word.common or self._lower_elsewhere(text, word):
                return (
                    (follows and word.cues & self.sets.given != 0)
                    or self._starts_body(text, i, at)
                    or self._quoted(text, i)
                )
            return len(word.text) > 1 or follows
        if len(word.text) == 1 and not follows:
            return False
        return not (word.cues & self.sets.reverential and not follows)

    def _quoted(self, text: Text, i: int) -> bool:
        """Whether a quoted name begins at word i: the quotes close soon and a word for its kind follows."""
        words = text.words
        if i == 0 or words[i - 1].text not in QUOTES:
            return False
        for k in range(i + 1, min(i + 6, len(words) - 1)):
            if words[k].text in QUOTES:
                return bool(words[k + 1].headed & (self.sets.body | self.sets.body_outside | self.sets.ship))
        return False

    @staticmethod
    def _lower_elsewhere(text: Text, word: Word) -> bool:
        """Whether the document has the word, in some form, without a capital: Tsunami ... tsunamide."""
        bases = {r.base for r in word.best[:3]}
        return not bases.isdisjoint(text.lower_bases)

    def _starts_body(self, text: Text, i: int, at: Mapping[int, Mention]) -> bool:
        """A common word at the start of a sentence begins a name when capitals follow up to the head of a body."""
        words = text.words
        for k in range(i + 1, min(i + 8, len(words))):
            if text.gap[k] == LINE or not words[k].upper or not words[k].common or k in at:
                break
            if words[k].cues & self.sets.body:
                return words[i].case in ("Nom", "Gen")
        return False

    def _is_people(self, word: Word) -> bool:
        """Merkezi Aziýaly: the last word makes the whole an adjective."""
        return self._is_derived(word) or bool(
            word.plain & self.sets.people and not word.cues & (self.sets.given | self.sets.surname)
        )

    @staticmethod
    def _is_derived(word: Word) -> bool:
        """Türkiýeli, Günbataryň ...: the best reading makes it no name."""
        return word.derived and not word.common

    def _joins(self, text: Text, start: int, last: "Mention | int", k: int, here: Mention | None) -> bool:
        """Whether the word k goes on with the name from word `start` whose last part is `last`.

        here (Mention): The listed name that begins at word k, if one does.
        """
        words = text.words
        word = words[k]
        end = last + 1 if isinstance(last, int) else last.j
        if (
            not word.upper
            or text.gap[k] == LINE
            or (text.gap[k] == NONE and k == end and not words[k - 1].text.endswith("."))
        ):
            return False
        if len(word.text) == 1 or word.cues & self.sets.function or (word.cues & self.sets.acronym and k == end):
            return False
        title = word.plain & self.sets.title and not word.cues & self.sets.body
        if here is None and title and not word.caps and k == end:  # not after a particle: eş-Şeýhi
            return False
        if words[start].text == "The":
            return not self._closes(words[k - 1], word)
        if words[start].initial and not words[k - 1].initial and here is not None and here.label == "PERSON":
            return False  # A.Kalber | Magtymguly
        given = words[start].cues & self.sets.given != 0 and end - start < 3
        if isinstance(last, Mention):
            if last.label == "CITY" and words[k - 1].text in JOINERS:  # Baku-Kuryk, a route
                return False
            return self._joins_listed(text, last, word, here)
        before = words[last]
        if (before.cues & self.sets.ship_prefix and before.caps) or before.text.endswith("."):
            return True
        if before.common and before.headed & self.sets.body and here is None and not word.common:
            return False  # Hereketi | Milad Kalber
        if self._closes(before, word):
            return False
        if word.caps and not before.caps and not word.cues & self.sets.company:
            return given and bool(word.cues & self.sets.surname)  # Merdan ABAÝEW
        if k + 1 < len(words) and words[k + 1].text == "&":  # Pacific Gas & Electric
            return True
        if here is None:
            person = self.sets.given | self.sets.surname
            ends = word.names or (before.folded.endswith(RUSSIAN) and not before.cues & self.sets.given)
            if ends and before.cues & self.sets.surname and not word.cues & person:  # Kalberow | Oşda
                return False
            full = words[start].cues & self.sets.given and end - start > 1
            after_person = (before.cues & person or full) and not before.common
            named = word.cues & (person | self.sets.heads | self.sets.particle | self.sets.tail) or (
                before.cues & self.sets.given and end - start < 2
            )
            return not (after_person and word.common and not named)
        single = here.j - here.i == 1
        if here.label == "COUNTRY" or (here.label == "BODY" and word.caps):
            return False
        if here.label == "PERSON":
            return given or (single and not before.common)
        if before.cues & self.sets.direction and here.label in ("CITY", "REGION"):
            return True
        if given and end - start > 1:
            given = word.cues & self.sets.surname != 0
        return single and given and not before.common

    def _joins_listed(self, text: Text, last: Mention, word: Word, here: Mention | None) -> bool:
        """Whether a name goes on after a listed one: Jordan | Pikford is a person, Putin | Sibir are two names."""
        first = text.words[last.i]
        given = last.j - last.i == 1 and first.cues & self.sets.given != 0
        if last.reading is not None and last.reading.suffixes:
            return False
        if last.label == "COUNTRY":  # unless it is a given name: Salwador Kalber
            return given and here is None and word.cues & self.sets.surname != 0
        if here is not None:
            if last.label == "PERSON" and here.label != "PERSON":
                return False
            return given and here.j - here.i == 1 and here.label != "COUNTRY" and not word.cues & self.sets.given
        if word.cues & self.sets.given and not word.common:
            return False
        if last.label == "PERSON":
            return given
        if last.label == "BODY" and word.common and word.upper:  # Gyzyl Ýarymaý Milli jemgyýeti
            complete = text.words[last.j - 1].headed & self.sets.body
            return not complete and self._leads_to_body(text, last.j)
        if word.caps and last.label in ("CITY", "REGION"):  # Astana | NATO
            return bool(word.cues & self.sets.company)
        return given or last.label in ("CITY", "REGION") or bool(word.cues & self.sets.company)

    def _leads_to_body(self, text: Text, k: int) -> bool:
        """Whether common words from word k on end in the head of a body."""
        for word in text.words[k : k + 4]:
            if word.headed & self.sets.body and not word.cues & self.sets.body_outside:
                return True
            if not word.common or not _is_attribute(word):
                return False
        return False

    def _closes(self, word: Word, after: Word) -> bool:
        """Whether a word ends its name by a case suffix: Londonda | Boris Johnson."""
        ends = word.ends
        if ends == OPEN:
            return False
        return not (ends == BEFORE_NAME and after.common) and not (
            ends == UNLESS_GIVEN and word.plain & self.sets.given
        )

    def _grow(self, text: Text, i: int, j: int, listed: Mention | None) -> int:
        """The end of a body's name that goes on in lower case to its head: Saglygy goraýyş ... ministrligi."""
        words = text.words
        if j >= len(words) or text.gap[j] == LINE:
            return j
        last = words[j - 1]
        if words[j].text == ",":
            return self._grow_list(text, i, j) if listed is None else j
        if listed is None and last.case == "Loc" and words[j].headed & self.sets.region_inside:
            return j + 1  # Sunda aýlagy
        if words[j].cues & self.sets.named_after:  # Mollanepes adyndaky drama teatry
            for k in range(j + 1, min(j + 8, len(words))):
                if text.gap[k] == LINE or not words[k].letters:
                    break
                if words[k].cues & (self.sets.body | self.sets.body_outside):
                    return k + 1
            return j + 1
        if last.headed & self.sets.body and j - i > 1:
            return j
        place = (
            listed is not None
            and listed.label in ("CITY", "REGION")
            and not (listed.reading and listed.reading.suffixes)
        )
        owner = listed is not None and listed.label == "BODY" and self._may_own(text, listed)
        if listed is not None and not place and not owner:
            return j
        case = "Nom" if place else last.case
        if case not in ("Nom", "Gen") if not last.common else not _is_attribute(last):
            return j
        common = last.common and all(w.common for w in words[i:j] if w.letters)
        limit = 6 if common else 2 if place or owner else int(words[j].text in PUBLIC)
        for k in range(j, min(j + limit + 1, len(words))):
            word = words[k]
            if not word.letters or text.gap[k] == LINE or (word.upper and (word.starter or not word.common)):
                return j
            if last.caps and word.cues & self.sets.body_outside:  # JAXA agentligi
                return j
            if word.headed & self.sets.body and (common or not word.cues & self.sets.body_common or (place and k > j)):
                return j if case == "Gen" and k == j and (owner or not common) else k + 1
            if word.headed & self.sets.region_inside and k == j and case == "Nom":
                return k + 1
            if (
                k == j
                and case == "Nom"
                and word.cues & self.sets.body_bare
                and not place
                and (common or word.cues & self.sets.party)
            ):
                return k + 1
            if word.cues & (self.sets.body_outside | self.sets.place | self.sets.not_entity):
                return j
            if word.text not in INNER and (word.plain & self.sets.function or not _is_attribute(word)):
                return j
        return j

    def _grow_list(self, text: Text, i: int, j: int) -> int:
        """The end of a body's name that lists its fields: Taryh, dil we edebiýat instituty; j if there is none."""
        words = text.words
        if j - i > 1 or not _is_attribute(words[i]) or words[i].case != "Nom":
            return j
        last = False  # whether the last field has begun
        for k in range(j + 1, min(j + 12, len(words))):
            word = words[k]
            if text.gap[k] == LINE or (word.letters and word.upper):
                return j
            if last and word.headed & self.sets.body and not word.cues & self.sets.body_common:
                return k + 1
            last = last or word.text in INNER
            if word.text != "," and word.text not in INNER and not _is_attribute(word):
                return j
        return j


def _line_end(text: Text, start: int) -> int:
    """Where the line of word `start` ends, or its first word that is not in capitals."""
    words, gap = text.words, text.gap
    end = start + 1
    while end < len(words) and gap[end] != LINE:
        word = words[end]
        end += 1
        if word.letters and not word.shout and len(word.text) > 1:
            break
    return end


def _keys(words: Sequence[Word], bare: bool = False) -> Sequence[str]:
    """The folded words of a name, with its last word in its likeliest base forms."""
    last = words[-1]
    bases = (last.folded,) if bare else last.bases
    if len(words) == 1:
        return bases
    head = " ".join([w.folded for w in words[:-1]])
    return [f"{head} {base}" for base in bases]


def _is_attribute(word: Word) -> bool:
    """Whether a lower-case word can stand inside a body's name before its head: a noun, adjective, verbal noun."""
    return word.attribute and not word.folded.endswith(VERBAL)


# Endings of verb forms, which are no attribute of a head: -yp converbs, -ýan and -jak participles, -ýar present.
VERBAL = ("yp", "ip", "up", "üp", "ýan", "ýän", "jak", "jek", "ýar", "ýär", "andan", "enden")
