"""Where a name goes on: whether the next capitalised word belongs to the name that has begun.

Small rules in a visible order: each answers True (the name goes on), False (it ends here) or None (the next rule
decides). `explain` shows the rule that ended a name.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from turkmen_ner.orthography.segmentation import HYPHEN_PIECES, UPPER
from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import BEFORE_NAME, LINE, NONE, OPEN, SPACE, UNLESS_GIVEN, Word, case_of
from turkmen_ner.recognition.word_lists import ListBits, WordLists

JOINERS = HYPHEN_PIECES - {"–"} | {"&"}
ROMAN = re.compile("[IVX]+").fullmatch
_INITIALS = re.compile(rf"(?:{UPPER}\.){{1,3}}(?:-\w+)?").fullmatch
RUSSIAN = ("ow", "ew", "owa", "ewa")  # endings of surnames, after which no name goes on


@dataclass(slots=True)
class Joint:
    """The place between a name that has begun and the next word.

    start (int): The first word of the name. last: Its last part, a listed name or the place of a word.
    k (int): The next word. here (Mention): The listed name that begins there, if one does.
    word, before, first: The next word; the one before it, which may be a particle or hyphen; the first of the name.
    end (int): Where the last part of the name ends.
    """

    text: Text
    sets: ListBits
    start: int
    last: Mention | int
    k: int
    here: Mention | None
    word: Word
    before: Word
    first: Word
    end: int

    @property
    def tail(self) -> Word:
        """The last word of the name, if that is no listed one."""
        assert isinstance(self.last, int)
        return self.text.words[self.last]

    @property
    def listed(self) -> Mention:
        """The listed name that is the last part."""
        assert isinstance(self.last, Mention)
        return self.last

    @property
    def given(self) -> bool:
        """Whether a short name begins with a given name."""
        return self.first.lists & self.sets.given != 0 and self.end - self.start < 3

    @property
    def listed_given(self) -> bool:
        """Whether the listed name is one word that is a given name, too: Jordan."""
        word = self.text.words[self.listed.i]
        return self.listed.j - self.listed.i == 1 and word.lists & self.sets.given != 0


Rule = Callable[[Joint], bool | None]


def closes(sets: ListBits, word: Word, after: Word) -> bool:
    """Whether a word ends its name by a case suffix: Londonda | Boris Johnson."""
    ends = word.ends
    if ends == OPEN:
        return False
    return not (ends == BEFORE_NAME and after.common) and not (ends == UNLESS_GIVEN and word.nominative & sets.given)


# --- after any part ------------------------------------------------------------------------------------------------


def not_adjacent(joint: Joint) -> bool | None:
    """A small letter, a new line or a missing space ends a name; D.Gulmanowa has its full stop."""
    text, k = joint.text, joint.k
    if not joint.word.upper or text.separators[k] == LINE:
        return False
    return False if text.separators[k] == NONE and k == joint.end and not joint.before.text.endswith(".") else None


def known_whole(joint: Joint) -> bool | None:
    """A club or brand of several words is one name, whatever its words are: Rapid Wena, Inter Milan."""
    text, k = joint.text, joint.k
    ends = k + 1 if joint.here is None else joint.here.j
    lists, words = joint.sets.word_lists, text.words
    if k > joint.end or words[ends - 2].folded not in lists.inner:
        return None
    whole = any(whole_name(lists, words[i:ends]) & joint.sets.weak for i in range(max(joint.start, ends - 4), k))
    return True if whole else None


def lone_letter(joint: Joint) -> bool | None:
    """A letter before a hyphen belongs to what follows: T-Mobile, C-SPAN."""
    joined = joint.k > joint.end and joint.text.separators[joint.k] == NONE and joint.before.text in HYPHEN_PIECES
    return True if joined and joint.end - joint.start == 1 and len(joint.first.text) == 1 else None


def over_link(joint: Joint) -> bool | None:
    """A name goes on after an ampersand or an English link: Marks & Spencer, University of Leeds."""
    before = joint.before.text == "&" or joint.before.lists & joint.sets.link
    return True if before and joint.k > joint.end else None


def numeral(joint: Joint) -> bool | None:
    """A Roman number belongs to the name of a ruler: Alber II, Garold V."""
    words, k = joint.text.words, joint.k
    if not ROMAN(joint.word.text) or k != joint.end:
        return None
    if len(joint.word.text) == 1 and k + 1 < len(words) and words[k + 1].upper:  # West | I Love it
        return None
    ruler = joint.listed.label == "PERSON" if isinstance(joint.last, Mention) else True
    before = joint.before
    name = not before.common and not before.abbreviation and not before.best_reading.suffixes
    return True if ruler and (name or before.nominative & joint.sets.given) else None


def initials(joint: Joint) -> bool | None:
    """Initials belong to the surname before them: Ahmedow B., Orazow M.N."""
    if joint.k != joint.end or not joint.before.lists & joint.sets.surname:
        return None
    return True if are_initials(joint.text, joint.k) else None


def other_initials(joint: Joint) -> bool | None:
    """Initials right before a capital begin another name after one that has none: Berdimuhamedow | A.Şamyradow."""
    words, k = joint.text.words, joint.k
    if joint.first.initial or not joint.word.initial or joint.before.initial:
        return None
    while k + 1 < len(words) and words[k].initial and joint.text.separators[k + 1] == NONE:
        k += 1
    return False if k > joint.k and words[k].upper and not words[k].initial else None


def patronymic(joint: Joint) -> bool | None:
    """A patronymic belongs to the name before it, and both names before it together: Meredow Raşid Öwezgeldiýewiç."""
    words, sets = joint.text.words, joint.sets
    if joint.k != joint.end or joint.before.common:
        return None
    if joint.word.lists & sets.patronymic:
        return True
    after = words[joint.k + 1] if joint.k + 1 < len(words) and joint.text.separators[joint.k + 1] == SPACE else None
    return True if after is not None and after.upper and after.lists & sets.patronymic else None


def kin(joint: Joint) -> bool | None:
    """A word for kin or friends is no part of a name: Gahryman | Arkadagymyz."""
    return False if joint.word.personal & joint.sets.kin else None


def label_of_a_form(joint: Joint) -> bool | None:
    """The label of a field ends a name: Ady: Perhat | Familiýasy: Orazow."""
    return False if is_label(joint.text, joint.k) else None


def no_part_of_a_name(joint: Joint) -> bool | None:
    """One letter, a function word or a common abbreviation is no part of a name: Orazow | HIV."""
    word, sets = joint.word, joint.sets
    function = word.lists & sets.function and not (word.nominative & sets.given and joint.before.lists & sets.given)
    lone = len(word.text) == 1 or function  # Kakaly Berdi is a name, too
    return False if lone or (word.lists & joint.sets.acronym and joint.k == joint.end) else None


def title_follows(joint: Joint) -> bool | None:
    """A title ends a name, but not after a particle (eş-Şeýhi, Al Halifa): Ibrahim Kalyn | Prezident."""
    word, sets = joint.word, joint.sets
    form = word.lists if word.common and not word.lists & sets.given else word.nominative
    title = joint.here is None and form & sets.title and not word.lists & sets.body
    particle = joint.k > joint.end or joint.before.lists & sets.particle
    return False if title and not word.abbreviation and not particle else None


def site(joint: Joint) -> bool | None:
    """The name of a site stands alone: Orazow | norgil.ru."""
    return False if joint.word.domain or joint.before.domain else None


def the_begins(joint: Joint) -> bool | None:
    """The begins a name: The Guardian | The Times."""
    return False if joint.word.text == "The" and joint.k == joint.end else None


def after_the(joint: Joint) -> bool | None:
    """A name that begins with The takes in all capitals up to a case suffix: The New York Times."""
    return not closes(joint.sets, joint.before, joint.word) if joint.first.text == "The" else None


def listed_person_after_initials(joint: Joint) -> bool | None:
    """Initials and a surname are whole before a listed person: A.Kalber | Magtymguly."""
    person = joint.here is not None and joint.here.label == "PERSON"
    return False if person and joint.first.initial and not joint.before.initial else None


def product(joint: Joint) -> bool | None:
    """A word with a digit after a brand is a product of it: Audi | Q7."""
    brand = joint.before.lists & joint.sets.weak & ~joint.sets.club
    return False if joint.word.digit and brand and joint.k == joint.start + 1 else None


# --- after a listed name -------------------------------------------------------------------------------------------


def route(joint: Joint) -> bool | None:
    """A city is apart from what follows its hyphen: Baku-Kuryk."""
    return False if joint.listed.label == "CITY" and joint.before.text in JOINERS else None


def inflected_listed(joint: Joint) -> bool | None:
    """A suffix ends a listed name: Bengazide | Halife Haftar."""
    return False if joint.listed.reading is not None and joint.listed.reading.suffixes else None


def country_and_head(joint: Joint) -> bool | None:
    """The head of a body right after a country belongs to it: ABŞ Kongresi; so does a body of common words after an
    abbreviation: SSSR Ylymlar akademiýasy.
    """
    word, sets, here = joint.word, joint.sets, joint.here
    if here is not None and joint.listed.label == "COUNTRY" and joint.before.abbreviation:
        return True if here.label == "BODY" and word.common and here.j - here.i > 1 else None
    head = joint.k == joint.end and word.possessed & sets.body
    return True if head and joint.listed.label == "COUNTRY" else None


def particle_after_person(joint: Joint) -> bool | None:
    """A listed person may be the beginning of a longer name: Mohammed bin Zaýed Al Nahaýýan."""
    words, k = joint.text.words, joint.k
    longer = k + 1 < len(words) and words[k + 1].upper and joint.text.separators[k + 1] != LINE
    return True if joint.listed.label == "PERSON" and joint.word.lists & joint.sets.particle and longer else None


def listed_country(joint: Joint) -> bool | None:
    """A country stands alone, unless it is a given name before a surname: Salwador Kalber."""
    if joint.listed.label != "COUNTRY":
        return None
    return joint.listed_given and joint.here is None and joint.word.lists & joint.sets.surname != 0


def two_listed(joint: Joint) -> bool | None:
    """Two listed names are one only if the first is a given name: Jordan Ankara, but Putin | Sibir."""
    here, word = joint.here, joint.word
    if here is None:
        return None
    if joint.listed.label == "PERSON" and here.label != "PERSON":
        return False
    one = here.j - here.i == 1 and here.label != "COUNTRY" and not word.lists & joint.sets.given
    return joint.listed_given and one


def given_name_after_listed(joint: Joint) -> bool | None:
    """A given name begins a name of its own: Ankara | Merdan."""
    return False if joint.word.lists & joint.sets.given and not joint.word.common else None


def after_listed_person(joint: Joint) -> bool | None:
    """A listed person goes on only if it is a given name: Jordan Pikford."""
    return joint.listed_given if joint.listed.label == "PERSON" else None


def listed_body_goes_on(joint: Joint) -> bool | None:
    """A listed body without its head goes on to it: Gyzyl Ýarymaý Milli jemgyýeti."""
    word, sets = joint.word, joint.sets
    if not (joint.listed.label == "BODY" and word.common and word.upper):
        return None
    complete = joint.text.words[joint.listed.j - 1].possessed & sets.body
    return not complete and leads_to_body(joint.text, sets, joint.listed.j)


def abbreviation_after_place(joint: Joint) -> bool | None:
    """A place goes on with an abbreviation only if that is the form of a company: Astana | NATO."""
    if joint.word.abbreviation and joint.listed.label in ("CITY", "REGION"):
        return bool(joint.word.lists & joint.sets.company)
    return None


def after_listed(joint: Joint) -> bool | None:
    """A place or a given name goes on, as does what a company's form follows: Boston Redsoks, Toyota Motor Corp."""
    place = joint.listed.label in ("CITY", "REGION")
    return joint.listed_given or place or bool(joint.word.lists & joint.sets.company)


# --- after a word --------------------------------------------------------------------------------------------------


def prefix_or_stop(joint: Joint) -> bool | None:
    """A name goes on after a ship's prefix or a full stop: TJG Kynalyada, D. Gulmanowa."""
    tail = joint.tail
    return True if tail.lists & joint.sets.ship_prefix or tail.text.endswith(".") else None


def head_of_body(joint: Joint) -> bool | None:
    """The head of a body ends its name before a word on no list: Hereketi | Milad Kalber."""
    head = joint.tail.common and joint.tail.possessed & joint.sets.body
    if joint.last == joint.start and joint.tail.lists & joint.sets.direction:  # Merkezi Norgil
        return None
    return False if head and joint.here is None and not joint.word.common else None


def case_suffix(joint: Joint) -> bool | None:
    """A case suffix ends a name: Londonda | Boris Johnson."""
    return False if closes(joint.sets, joint.tail, joint.word) else None


def abbreviation(joint: Joint) -> bool | None:
    """A name in mixed letters ends before an abbreviation, unless that is a surname in capitals: Merdan ABAÝEW."""
    word, sets = joint.word, joint.sets
    if word.abbreviation and not joint.tail.abbreviation and not word.lists & sets.company:
        return joint.given and bool(word.lists & sets.surname)
    return None


def company_form(joint: Joint) -> bool | None:
    """The form or country of a company in capitals belongs to it: Norgil Motors AG, Torwin Research UK."""
    word, tail, sets = joint.word, joint.tail, joint.sets
    person = (tail.lists & (sets.given | sets.surname) and not tail.lists & sets.foreign_body) or tail.common
    fits = word.lists & sets.company and word.abbreviation and not tail.best_reading.suffixes
    return True if fits and not person else None


def ampersand(joint: Joint) -> bool | None:
    """A name goes on before an ampersand: Pacific Gas & Electric."""
    words, k = joint.text.words, joint.k
    return True if k + 1 < len(words) and words[k + 1].text == "&" else None


def place_after_person(joint: Joint) -> bool | None:
    """A word with a case of place after a full name, or a bare body after a first name, is a name of its own: Mark
    Dodson | Norgilde, Serdar | Mejlisde.
    """
    word, sets = joint.word, joint.sets
    if joint.k != joint.end or word.case not in ("Loc", "Abl", "daky") or not joint.first.lists & sets.given:
        return None
    if joint.end - joint.start > 1:
        return None if word.lists & (sets.given | sets.surname) or joint.tail.common else False
    return False if word.lists & sets.body and not word.possessed & sets.body else None


def plural(joint: Joint) -> bool | None:
    """A plural ends a name before a listed one: Seljuklar | Merwi."""
    listed = joint.here is not None or (joint.word.names and not joint.word.possessed & joint.sets.body)
    return False if joint.tail.best_reading.plural and listed and not joint.tail.lists & joint.sets.surname else None


def place_after_surname(joint: Joint) -> bool | None:
    """A surname ends a name before a word that is listed or follows -ow, -ewa: Kalberow | Oşda."""
    word, tail, sets = joint.word, joint.tail, joint.sets
    named = word.lists & (sets.given | sets.surname | sets.foreign_body)  # St Bartolomew Hospital
    if joint.here is not None or not tail.lists & sets.surname or named:
        return None
    return False if word.names or (tail.folded.endswith(RUSSIAN) and not tail.lists & sets.given) else None


def common_word_after_person(joint: Joint) -> bool | None:
    """A common word ends the name of a person, if it is no name itself: Ibrahim Kalyn | Milli."""
    if joint.here is not None:
        return None
    word, tail, sets = joint.word, joint.tail, joint.sets
    person = sets.given | sets.surname
    full = joint.first.lists & sets.given and joint.end - joint.start > 1
    after_person = (tail.lists & person or full) and not tail.common
    first = tail.lists & sets.given and joint.end - joint.start < 2
    named = (
        word.lists & (person | sets.particle | sets.tail | sets.foreign_body | (sets.heads & ~sets.body))
        or word.possessed & sets.heads  # Serdar | Mejlisde
        or (first and not word.lists & sets.body)
    )
    return not (after_person and word.common and not named)


def listed_country_or_abbreviation(joint: Joint) -> bool | None:
    """A listed country or abbreviation is a name of its own: Merdan | Türkiýe, Orazow | BMG."""
    here = joint.here
    assert here is not None
    return False if here.label == "COUNTRY" or (here.label == "BODY" and joint.word.abbreviation) else None


def listed_person(joint: Joint) -> bool | None:
    """A listed person belongs to a given name, or is the surname after an uncommon word: Halife Haftar."""
    here = joint.here
    assert here is not None
    if here.label != "PERSON":
        return None
    return joint.given or (here.j - here.i == 1 and not joint.tail.common)


def direction(joint: Joint) -> bool | None:
    """A direction belongs to the place: Demirgazyk Kiwu; of a country only where its capital tells it."""
    assert joint.here is not None
    if not joint.tail.lists & joint.sets.direction:
        return None
    part = joint.here.label == "COUNTRY" and not joint.text.starts_sentence(joint.start)
    return True if part or joint.here.label in ("CITY", "REGION") else None


def place_after_given(joint: Joint) -> bool | None:
    """A listed place or body is a name of its own after a given name, if it is no surname: Akmyrat | Moskwada."""
    here = joint.here
    assert here is not None
    if not joint.given or here.label not in ("CITY", "REGION", "BODY"):
        return None
    inside = here.reading is not None and case_of(here.reading) in ("Loc", "Abl", "daky")
    return False if inside or not joint.word.lists & joint.sets.surname else None


def listed_as_surname(joint: Joint) -> bool | None:
    """A listed name of one word is a surname after a given name: Jek London."""
    here, sets = joint.here, joint.sets
    assert here is not None
    given = joint.given
    if given and joint.end - joint.start > 1:
        given = joint.word.lists & sets.surname != 0
    return here.j - here.i == 1 and given and not joint.tail.common


ALWAYS: tuple[Rule, ...] = (
    not_adjacent, known_whole, label_of_a_form, lone_letter, over_link, numeral, other_initials, initials, patronymic,
    kin, no_part_of_a_name, title_follows, site, the_begins, after_the, product, listed_person_after_initials,
)  # fmt: skip
AFTER_LISTED: tuple[Rule, ...] = (
    *ALWAYS, route, inflected_listed, country_and_head, particle_after_person, listed_country, two_listed,
    given_name_after_listed, after_listed_person,
    listed_body_goes_on, abbreviation_after_place, after_listed,
)  # fmt: skip
AFTER_WORD: tuple[Rule, ...] = (
    *ALWAYS, prefix_or_stop, head_of_body, case_suffix, plural, company_form, abbreviation, ampersand,
    place_after_person, place_after_surname, common_word_after_person, direction, listed_country_or_abbreviation,
    listed_person, place_after_given, listed_as_surname,
)  # fmt: skip


def ended_by(text: Text, sets: ListBits, start: int, last: Mention | int, k: int, here: Mention | None) -> Rule | None:
    """The rule that ends the name before the next word, None when the name goes on; arguments as in `Joint`."""
    words = text.words
    if isinstance(last, int):
        rules, end = AFTER_WORD, last + 1
    else:
        rules, end = AFTER_LISTED, last.j
    joint = Joint(text, sets, start, last, k, here, words[k], words[k - 1], words[start], end)
    for rule in rules:
        goes_on = rule(joint)
        if goes_on is not None:
            return None if goes_on else rule
    raise AssertionError("the last rule always answers")


def is_label(text: Text, k: int) -> bool:
    """Whether word k begins the label of a field in a form: Familiýasy: Orazow, Atasynyň ady: Nury."""
    words = text.words
    if not words[k].common or k + 2 >= len(words):
        return False
    colon = k + 1 if words[k + 1].text == ":" else k + 2
    two = words[k + 1].common and not words[k + 1].upper
    label = bool(words[k].best_reading.suffixes) if colon == k + 1 else two
    return label and words[colon].text == ":" and words[min(colon + 1, len(words) - 1)].upper


def whole_name(word_lists: WordLists, words: Sequence[Word]) -> int:
    """The lists that have these words as one of their rows, the last word in any form."""
    last = words[-1]
    if len(words) == 1:
        if last.alone < 0:
            last.alone = last.lists | word_lists.whole((), last.bases)
        return last.alone
    head = [word.folded for word in words[:-1] if word.text not in HYPHEN_PIECES]
    if not head:
        return last.lists | word_lists.whole(head, last.bases)
    return word_lists.whole(head, (last.folded, *last.bases)) if head[-1] in word_lists.inner else 0


def leads_to_body(text: Text, sets: ListBits, k: int) -> bool:
    """Whether common words from word k on end in the head of a body."""
    for word in text.words[k : k + 4]:
        if word.possessed & sets.body and not word.lists & sets.body_outside:
            return True
        if not is_attribute(word):
            return False
    return False


def are_initials(text: Text, k: int) -> bool:
    """Whether word k is initials: M.N., or a lone letter before a full stop that ends no longer word."""
    words = text.words
    if "." in words[k].text and _INITIALS(words[k].text):
        return True
    stop = k + 1 < len(words) and words[k + 1].text == "." and text.separators[k + 1] == NONE
    return len(words[k].text) == 1 and words[k].upper and stop


# Endings of verb forms, which are no attribute of a head: -yp converbs, -ýan and -jak participles, -ýar present.
VERBAL = ("yp", "ip", "up", "üp", "ýan", "ýän", "jak", "jek", "ýar", "ýär", "andan", "enden")


def is_attribute(word: Word) -> bool:
    """Whether a lower-case word can stand inside a body's name before its head.

    A common word in any case (Halkara suwdan peýdalanyş gaznasy); of verb forms, verbal nouns alone.
    """
    return word.common and not word.folded.endswith(VERBAL)


def joins_fields(text: Text, sets: ListBits, k: int) -> bool:
    """Whether word k is the we between two fields of a body: Bäsdeşlik we Bazarlar Edarasy."""
    words, separators = text.words, text.separators
    if not 0 < k < len(words) - 1 or words[k].text != "we" or separators[k] != SPACE or separators[k + 1] != SPACE:
        return False
    field, after = words[k - 1], words[k + 1]
    fields = field.upper and is_attribute(field) and field.case == "Nom" and after.upper and after.common
    other = field.possessed & sets.body or field.lists & sets.given  # Merdan we Täze Mekdebi
    return fields and not other and leads_to_body(text, sets, k + 1)


def over_particles(text: Text, sets: ListBits, k: int) -> int:
    """The place after hyphens and lower-case particles that stand inside names (de, al, bin) before a capital.

    k (int): The place after a word of a name. RETURNS (int): The place of the capital, k when there is none.
    """
    words, separators = text.words, text.separators
    inner = sets.particle | sets.link
    if k >= len(words) or not (words[k].lists & inner or words[k].text in JOINERS):
        return k + 1 if joins_fields(text, sets, k) else k
    m = k
    while m < len(words) and m - k < 3 and separators[m] != LINE:
        word = words[m]
        joiner = (
            word.text in JOINERS
            and m + 1 < len(words)
            and separators[m] == separators[m + 1]
            and (separators[m] == NONE or word.text == "&")
        )
        particle = word.letters and not word.upper and word.lists & inner and word.text == word.folded
        if not joiner and not particle:
            break
        m += 1
    return m if m > k and m < len(words) and words[m].upper and separators[m] != LINE else k
