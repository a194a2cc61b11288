"""WordLists: the word lists of the patterns as bits, looked up once for each distinct word."""

from collections.abc import Iterable, Mapping, Sequence

from turkmen_ner.morphology.phonology import HARD, SHORT_LAST, full
from turkmen_ner.morphology.suffixes import ENDS, STARTS, Slot, chains
from turkmen_ner.orthography.alphabet import VOWELS
from turkmen_ner.orthography.segmentation import key_words

# Lists whose words count only as they stand.
UNINFLECTED = (
    "name-particles", "company-endings", "english-links", "function-words", "before-heads", "concerning", "describing",
)  # fmt: skip
_STARTS, _ENDS = STARTS[False], ENDS[False]
_SHORT = 5  # letters of a short stem
PERSONAL = frozenset({"1sg", "1pl", "2pl"})  # possessives; that of the second singular looks like a genitive


class WordLists:
    """Word lists, folded, as bits: list number n is bit 1 << n."""

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self.names = sorted(lists)
        self.bit = {name: 1 << n for n, name in enumerate(self.names)}
        self._given = self.bit.get("given-names", 0)
        self._words = self.bit.get("reverential", 0) | self.bit.get("not-entity-heads", 0)  # Baýramdurdy is no baýram
        self.uninflected = sum(self.bit.get(name, 0) for name in UNINFLECTED)
        self.stems: dict[str, int] = {}
        self.pairs: dict[str, dict[str, int]] = {}  # all words but the last -> the last word -> lists
        self.inner: set[str] = set()  # the words right before the last one of a row
        self.endings: dict[str, int] = {}
        self.longest = 0  # letters of an ending
        stems = self.stems
        for name, words in lists.items():
            bit = self.bit[name]
            for word in words:
                if " " in word or word[:1] == "-":
                    self._add(word, bit)
                else:
                    stems[word] = stems.get(word, 0) | bit
        self._beginnings = {stem[: _SHORT - 1] for stem in stems if len(stem) > _SHORT}  # no form changes these letters
        self._ending_letters = {ending[-1] for ending in self.endings}

    def _add(self, word: str, bit: int) -> None:
        if word.startswith("-"):
            self.endings[word[1:]] = self.endings.get(word[1:], 0) | bit
            self.longest = max(self.longest, len(word) - 1)
            return
        *head, stem = key_words(word)
        stems = self.pairs.setdefault(" ".join(head), {}) if head else self.stems
        self.inner.update(head[-1:])
        stems[stem] = stems.get(stem, 0) | bit

    def of(self, folded: str, stems: dict[str, int] | None = None) -> tuple[int, int, int, int]:
        """The lists of a word: in any form, in the nominative (also with -y/-i, -sy/-si, -ymyz), with -y/-i, with -ym.

        >>> word_lists = WordLists({"titles": ["wekil", "başlyk"], "heads": ["guram"]})
        >>> word_lists.of("wekili"), word_lists.of("başlygynyň"), word_lists.of("trampyň"), word_lists.of("wekilimiz")
        ((2, 2, 2, 0), (2, 0, 2, 0), (0, 0, 0, 0), (2, 2, 0, 2))
        """
        stems = self.stems if stems is None else stems
        every = nominative = stems.get(folded, 0)
        possessed = personal = 0
        allowed = ~self._words if every & self._given else -1
        cut = folded.rfind("-")
        if cut > 0 and not every:  # BMG-nyň, DNA-syny, Johnson-yň
            every = stems.get(folded[:cut], 0)
        if folded[-1:] not in _ENDS:
            return every, nominative, possessed, personal
        longest = len(folded) - 1
        if longest > _SHORT and stems is self.stems and folded[: _SHORT - 1] not in self._beginnings:
            longest = _SHORT  # of no longer stem it is a form
        for i in range(longest, 1, -1):
            if folded[i] not in _STARTS:
                continue
            stem = folded[:i]
            found = stems.get(stem, 0)
            last = stem[-1]
            hard = raised = 0
            if last in HARD:
                hard = stems.get(stem[:-1] + HARD[last], 0)
            elif last == "ä":
                raised = stems.get(stem[:-1] + "e", 0)
            if last in SHORT_LAST and (longer := full(stem)) is not None:  # urşy: uruş
                hard |= stems.get(longer, 0)
            if not (found or hard or raised):
                continue
            for chain in chains(folded[i:], False):
                vowel = chain.surfaces[0][0] in VOWELS
                if chain.suffixes[0].slot is Slot.DERIVATION:
                    continue
                hit = 0
                if found and (stem[-1] in VOWELS) == (chain.after == "V"):
                    hit |= found
                if vowel and chain.after == "C":
                    hit |= hard
                if raised and chain.after == "V":
                    hit |= raised
                hit &= allowed
                if hit:
                    every |= hit
                    if any(s.name == "3" for s in chain.suffixes[:2]):
                        possessed |= hit
                    elif any(s.name in PERSONAL for s in chain.suffixes[:2]):
                        personal |= hit
                    if len(chain.suffixes) == 1 and chain.suffixes[0].name in ("3", "1sg", "1pl"):
                        nominative |= hit
        return every, nominative, possessed, personal

    def whole(self, head: Sequence[str], last: Iterable[str]) -> int:
        """The lists that have a name as one of their rows. head: its folded words but the last; last: that one's bases.

        >>> WordLists({"clubs": ["halkara nesil tim"]}).whole(["halkara", "nesil"], ["tim"])
        1
        """
        stems = self.pairs.get(" ".join(head).replace("-", " "), {}) if head else self.stems
        found = 0
        for base in last if stems else ():
            found |= stems.get(base, 0)
        return found

    def exact(self, folded: str) -> int:
        """The lists that have the word as it is, or before a hyphen: `bin`, `Inc-iň`."""
        return self.stems.get(folded, 0) | self.stems.get(folded.partition("-")[0], 0)

    def ending(self, bases: Iterable[str]) -> int:
        """The lists of endings (`-ow`, `-oglu`) that one of the base forms shows."""
        found = 0
        for base in bases:
            if base[-1:] not in self._ending_letters:
                continue
            for length in range(1, min(self.longest, len(base) - 2) + 1):
                found |= self.endings.get(base[-length:], 0)
        return found


class ListBits:
    """The word lists that the library itself asks for, as bits; a list that a pipeline does not have is 0."""

    def __init__(self, word_lists: WordLists) -> None:
        bit = word_lists.bit.get
        self.word_lists = word_lists
        self.particle = bit("name-particles", 0)
        self.link = bit("english-links", 0)
        self.given = bit("given-names", 0)
        self.surname = bit("surnames", 0) | bit("surname-endings", 0)
        self.title = bit("titles", 0)
        self.reverential = bit("reverential", 0)
        self.people = bit("peoples", 0)
        self.body = bit("body-heads", 0)
        self.body_outside = bit("body-heads-outside", 0)
        self.foreign_body = bit("foreign-bodies", 0)
        self.party = bit("parties", 0)
        self.region_inside = bit("region-heads-inside", 0)
        self.region_bound = bit("region-heads-bound", 0)
        self.state = bit("state-heads", 0)
        self.general_state = bit("general-states", 0)
        self.city, self.region = bit("city-heads", 0), bit("region-heads", 0)
        self.place = self.city | self.region
        self.unit = bit("units", 0)
        self.before_head = bit("before-heads", 0)
        self.concerning, self.describing = bit("concerning", 0), bit("describing", 0)
        self.copula = bit("copula-endings", 0)
        self.industry = bit("industry", 0)
        self.not_entity = bit("not-entity-heads", 0)
        self.work = bit("works", 0)
        self.site = bit("sites", 0)
        self.site_short = bit("site-abbreviations", 0)
        self.calendar = bit("calendar", 0)
        self.ship = bit("ship-heads", 0)
        self.ship_prefix = bit("ship-prefixes", 0)
        self.named_after = bit("named-after", 0)
        self.body_common = bit("body-heads-common", 0)
        self.state_body = bit("state-bodies", 0)
        self.body_plural = bit("body-heads-plural", 0)
        self.body_bare = bit("body-heads-bare", 0)
        self.direction = bit("directions", 0)
        self.company = bit("company-endings", 0)
        self.rank = bit("name-ranks", 0)
        self.tail = bit("name-tails", 0) | self.rank
        self.courtesy = bit("address", 0)
        self.greeting = bit("greetings", 0)
        self.kin = bit("kinship", 0) | bit("friends", 0)
        self.patronymic = bit("patronymic-endings", 0)
        self.acronym = bit("acronyms", 0)
        self.function = bit("function-words", 0)
        self.conjunction = bit("conjunctions", 0)
        self.club, self.weak = bit("clubs", 0), bit("clubs", 0) | bit("brands", 0)
        self.heads = self.body | self.body_outside | self.place | self.region_inside | self.not_entity
