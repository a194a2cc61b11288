"""Candidates: names on no list, found by their capitals and joined into runs of words.

A candidate is a run of capitalised words that no listed name accounts for; it may include a listed name (Jordan
Pikford) and go on in lower case to the head of an organisation's name. The rules are in beginning.py, joining.py,
growing.py and splitting.py; docs/how-it-works.md describes them in words.
"""

from collections.abc import Mapping, Sequence

from turkmen_ner.recognition.beginning import begins, is_derived
from turkmen_ner.recognition.growing import grow, may_own, with_rank, with_tail
from turkmen_ner.recognition.joining import ended_by, over_particles
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.splitting import keys, seam_in
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import SPACE, Word
from turkmen_ner.recognition.word_lists import ListBits

ATTACHED = "ýanyndaky"  # stands between a body and one that belongs to it
MOST_WORDS = 32  # of one candidate; a page in capitals is no name


class Finder:
    """Finds candidates in a text."""

    def __init__(self, sets: ListBits) -> None:
        self.sets = sets

    def find(self, text: Text, listed: Sequence[Mention]) -> list[Mention]:
        """Candidates, with the listed names they absorb; in order and apart."""
        words = text.words
        at = {m.i: m for m in listed if not m.maybe}
        maybe = {m.i: m for m in listed if m.maybe}
        found: list[Mention] = []
        end = 0
        for i in text.notable:
            if i < end:
                continue
            if not words[i].upper:
                run = at.get(i) or maybe.get(i) or (Mention(i, i + 1) if words[i].domain else None)
            else:
                run = self._run(text, i, at)
                perhaps = maybe.get(i)
                if perhaps is not None and (run is None or (run.j <= perhaps.j and run.entry is None)):
                    grown = grow(text, self.sets, i, perhaps.j, perhaps)  # Galkynyş etrap häkimligi
                    run = perhaps if grown == perhaps.j else Mention(i, grown)  # one more reading of the same words
            if run is not None:
                found.append(run)
                end = run.j
        found = self._again(text, found)
        parted = self._split(text, found)
        if len(parted) > len(found):
            parted = self._split(text, parted)  # what was parted tells of more seams
        return self._merge(text, parted)

    def _again(self, text: Text, found: list[Mention]) -> list[Mention]:
        """Also the sentences that begin with a given name that is a word, where the text has it inside one: Läle."""
        words, given = text.words, self.sets.given
        inside: set[str] = set()
        for mention in found:
            word = words[mention.i]
            single = mention.j - mention.i == 1 and word.common and word.lists & given
            if single and not mention.label and not text.starts_sentence(mention.i):
                inside.update(word.bases)
        if not inside:
            return found
        taken = {k for mention in found for k in range(mention.i, mention.j)}
        more = [
            Mention(i, i + 1)
            for i in text.notable
            if i not in taken
            and words[i].upper
            and words[i].nominative & given
            and inside.intersection(words[i].bases)
            and text.starts_sentence(i)
        ]
        return sorted([*found, *more], key=lambda mention: mention.i) if more else found

    def _split(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """Part two names that stand side by side, when the document has each of them alone: Zenlitta | Kolmanyň."""
        words = text.words
        if not any(mention.j - mention.i > 1 and not mention.options for mention in found):
            return list(found)
        alone: dict[str, int] = {}
        tails: dict[str, set[str]] = {}  # Kolman -> Bernd
        for mention in found:
            for key in keys(words[mention.i : mention.j]):
                alone[key] = alone.get(key, 0) + 1
            if mention.j - mention.i > 1 and words[mention.i].lists & self.sets.given:
                for key in keys(words[mention.i + 1 : mention.j]):
                    tails.setdefault(key, set()).add(words[mention.i].folded)
        result = []
        for mention in found:
            cut = 0
            if mention.j - mention.i > 1 and not mention.options:
                cut = seam_in(self.sets, words[mention.i : mention.j], alone, tails)
            if cut:
                result += [Mention(mention.i, mention.i + cut), Mention(mention.i + cut, mention.j)]
            else:
                result.append(mention)
        return result

    def _merge(self, text: Text, found: Sequence[Mention]) -> list[Mention]:
        """A body in the genitive belongs to the body it has, or that is attached to it, and a country to its ministry:
        Senatyň Adalat komiteti, Senatyň ýanyndaky Taryh instituty, Özbegistan SSR Adalat ministrligi.
        """
        result: list[Mention] = []
        for mention in found:
            before = result[-1] if result else None
            if before is not None and self._owned(text, mention) and self._owns(text, before, mention):
                result[-1] = Mention(before.i, mention.j)
            else:
                result.append(mention)
        return result

    def _owned(self, text: Text, mention: Mention) -> bool:
        """Whether a mention is a body by its head; but ÝHHG-niň | Aşgabatdaky merkezi."""
        first, last = text.words[mention.i], text.words[mention.j - 1]
        body = mention.label == "" or (mention.label == "BODY" and mention.j - mention.i > 1)
        return body and last.possessed & self.sets.body != 0 and first.case != "daky"

    def _owns(self, text: Text, before: Mention, mention: Mention) -> bool:
        """Whether a mention right before a body has it as a part."""
        words, i = text.words, mention.i
        if text.separators[i] != SPACE:
            return False
        if before.j == i and before.label == "COUNTRY" and not (before.reading and before.reading.suffixes):
            return words[i].common and words[mention.j - 1].lists & self.sets.state_body != 0
        near = before.j == i or (before.j + 1 == i and words[before.j].folded == ATTACHED)
        return near and may_own(text, self.sets, before)

    def _run(self, text: Text, i: int, at: Mapping[int, Mention]) -> Mention | None:
        """The candidate that begins at word i, or the listed name there, or None."""
        words, sets = text.words, self.sets
        first = at.get(i)
        if first is None and not begins(text, sets, i, at):
            return None
        parts: list[Mention | int] = []
        ended = ""
        k, n = i, len(words)
        while k < n and k - i < MOST_WORDS:
            here = at.get(k)
            if parts:
                if not words[k].upper:
                    break
                if (rule := ended_by(text, sets, i, parts[-1], k, here)) is not None:
                    ended = rule.__name__
                    break
            parts.append(k if here is None else here)
            k = over_particles(text, sets, k + 1 if here is None else here.j)
        if len(parts) > 1 and isinstance(parts[-1], int) and self._is_people(words[parts[-1]]):
            stays = words[parts[-1]].derived and words[i].lists & sets.given and not words[i].common
            if words[i].common and grow(text, sets, i, parts[-1] + 1) > parts[-1] + 1:
                stays = True  # Halkara Türk medeniýeti guramasy
            if not stays and (len(parts) == 2 or words[i].common):
                return None
            if not stays:
                parts.pop()  # Nermiýa Kalber | Owgan; but Burhaneddin Sywasly
        last = parts[-1]
        if first is not None and len(parts) == 1:
            end = grow(text, sets, i, first.j, first)
            if end == first.j and (first.label == "PERSON" or words[i].nominative & sets.given):
                end = with_rank(text, sets, i, end)  # Şahruh mürze, Baýramaly han
            return first if end == first.j else Mention(i, end, ended=ended)
        end = grow(text, sets, i, last + 1 if isinstance(last, int) else last.j)
        return Mention(i, with_tail(text, sets, i, end), ended=ended)

    def _is_people(self, word: Word) -> bool:
        """Merkezi Aziýaly: the last word makes the whole an adjective."""
        return is_derived(word) or bool(
            word.nominative & self.sets.people
            and not word.lists & (self.sets.given | self.sets.surname)
            and not word.possessed & self.sets.body  # Ýokary Soweti
        )
