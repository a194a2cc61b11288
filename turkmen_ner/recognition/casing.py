"""Where capitals say nothing: lines in capitals, headlines with a capital on every word, and text without any.

There each word is read as it would be written in a sentence: a common word in small letters, a name with its capital.
Listed names are looked up first, with a capital on every word; what they leave over is decided word by word. A sentence
counts as begun at every word, so a name needs more than its capital.
"""

from collections.abc import Iterable, Sequence

from turkmen_ner.recognition.mention import Mention
from turkmen_ner.recognition.text import Text
from turkmen_ner.recognition.word import LINE, Word
from turkmen_ner.recognition.word_lists import ListBits

FEWEST = 3  # words in capitals, or of a headline


def silent_places(text: Text, sets: ListBits, lenient: bool) -> set[int]:
    """The words whose capitals say nothing. lenient (bool): A text that has no capitals at all counts, too."""
    words = text.words
    upper = [k for k in text.notable if words[k].upper]
    if not upper:
        return set(range(len(words))) if lenient else set()
    if len(upper) < FEWEST:
        return set()
    return _in_capitals(text, upper) | _headlines(text, sets, upper) | _verses(text, sets, upper)


def _verses(text: Text, sets: ListBits, upper: Sequence[int]) -> set[int]:
    """The first words of verses that were written on one line: a capital after each comma, on common words, too."""
    words = text.words
    firsts = [k for k in upper if k and words[k - 1].text == "," and text.separators[k] != LINE]
    common = {k for k in firsts if words[k].common and not words[k].nominative & (sets.given | sets.surname)}
    if len(common) < FEWEST:
        return set()
    return common if 2 * len(common) > sum(1 for word in words if word.text == ",") else set()


def raise_words(text: Text, sets: ListBits, places: Iterable[int]) -> None:
    """Write each of the words with one capital, but abbreviations that are listed, and small heads of places."""
    words = text.words
    for k in places:
        word = words[k]
        if not word.letters or len(word.text) < 2 or _is_abbreviation(word, sets):
            continue
        small = word.text.lower()
        titled = small[0].upper() + small[1:]
        made = _respelled(text, word, titled)
        if made.possessed & (sets.place | sets.body_outside | sets.not_entity) and made.common:
            made = _respelled(text, word, small)
        words[k] = made
    _note_again(text)


def lower_words(text: Text, sets: ListBits, places: set[int], listed: Sequence[Mention], bare: bool) -> list[Mention]:
    """Write those in small letters that begin no name; the listed names that stay.

    bare (bool): The text has no capitals, so that a name on no list is a word like others.
    """
    words = text.words
    kept = [mention for mention in listed if mention.i not in places or _stays(text, sets, mention, bare)]
    named = {k for mention in kept for k in range(mention.i, mention.j)}
    for k in sorted(places - named):
        word = words[k]
        if word.letters and word.upper and not _is_name(text, sets, k, bare):
            words[k] = _respelled(text, word, word.text.lower())
    _note_again(text)
    text.silent = frozenset(places)
    return kept


def _is_name(text: Text, sets: ListBits, k: int, bare: bool) -> bool:
    """Whether word k, whose capital says nothing, is rather part of a name: of a person, or a rare word beside one."""
    words = text.words
    word = words[k]
    person = sets.given | sets.surname
    before = words[k - 1] if k and text.separators[k] != LINE and words[k - 1].upper else None
    after = words[k + 1] if k + 1 < len(words) and text.separators[k + 1] != LINE and words[k + 1].upper else None
    after_given = before is not None and bool(before.lists & sets.given)
    if word.common:
        surname = after_given and word.lists & sets.surname
        given = word.nominative & sets.given and after is not None
        return bool(surname or (given and after is not None and (after.lists & sets.surname or not after.common)))
    if word.lists & sets.given or word.names or (after_given and word.lists & sets.surname):
        return True
    if bare:
        return False
    if word.lists & person or after_given:
        return True
    return (before is not None and _is_rare(before, sets)) or (
        after is not None and _is_rare(after, sets) and _is_rare(word, sets)
    )


def _is_rare(word: Word, sets: ListBits) -> bool:
    """Whether a word without a suffix is in no dictionary: it may be the first half of a name on no list."""
    return word.letters and not word.common and not word.best_reading.suffixes and not word.lists & sets.heads


def _stays(text: Text, sets: ListBits, mention: Mention, bare: bool) -> bool:
    """Whether a listed name is one where capitals say nothing: it has several words, or is no common word."""
    if mention.j - mention.i > 1:
        return not mention.maybe
    word = text.words[mention.i]
    if bare and not word.folded.isascii() and not any(text.lexicon.gazetteer.final(word.text, word.folded)):
        return False  # maňa is not Mana
    if not mention.maybe:
        return True
    if not word.common:
        return not bare or bool(word.lists & sets.given)
    after = text.words[mention.j] if mention.j < len(text.words) and text.separators[mention.j] != LINE else None
    return after is not None and bool(after.possessed & sets.place)  # Mary welaýaty


def _is_abbreviation(word: Word, sets: ListBits) -> bool:
    """Whether a word is a listed abbreviation, BMG-NIŇ, or one that is no name: VIP."""
    if not word.abbreviation:
        return False
    return bool(word.lists & (sets.acronym | sets.company)) or any(
        match.form.written.replace("-", "").isupper() for match in word.names
    )


def _respelled(text: Text, word: Word, spelling: str) -> Word:
    """The word in other letters, where these take as many characters."""
    return text.lexicon.word(spelling) if len(spelling) == len(word.raw) else word


def _note_again(text: Text) -> None:
    text.notable = [k for k, word in enumerate(text.words) if word.notable]


def _in_capitals(text: Text, upper: Sequence[int]) -> set[int]:
    """The words in a line or run of words written wholly in capitals."""
    words, separators = text.words, text.separators
    loud = [i for i in upper if words[i].letters and (words[i].all_caps or len(words[i].text) == 1)]
    found: set[int] = set()
    if len(loud) < FEWEST:
        return found
    for i in loud:
        start = i
        while start and separators[start] != LINE and not words[start - 1].letters:
            start -= 1
        if separators[start] == LINE:  # the first word of a line
            end = _line_end(text, start)
            letters = [word for word in words[start:end] if word.letters]
            if len(letters) >= FEWEST and all(word.all_caps or len(word.text) == 1 for word in letters):
                found.update(range(start, end))
    run: list[int] = []
    for i in [*loud, len(words)]:
        if run and i == run[-1] + 1 and i < len(words) and words[i].all_caps:
            run.append(i)
            continue
        if len(run) >= FEWEST and sum(words[k].common for k in run) > 1:
            found.update(run)
        run = [i] if i < len(words) and words[i].all_caps else []
    return found


def _line_end(text: Text, start: int) -> int:
    """Where the line of word `start` ends, or its first word that is not in capitals."""
    words, separators = text.words, text.separators
    end = start + 1
    while end < len(words) and separators[end] != LINE:
        word = words[end]
        end += 1
        if word.letters and not word.all_caps and len(word.text) > 1:
            break
    return end


def _headlines(text: Text, sets: ListBits, upper: Sequence[int]) -> set[int]:
    """The words of headlines with a capital on every word: Prezident Täze Kärhanany Açdy."""
    words, separators = text.words, text.separators
    found: set[int] = set()
    end = 0
    for k in upper:
        if k < end or (separators[k] != LINE and words[k - 1].letters):
            continue
        end = k + 1
        letters = [words[k]]
        while end < len(words) and separators[end] != LINE:
            word = words[end]
            if word.letters and not (word.upper or word.lists & sets.function):
                break
            letters += [word] if word.letters and word.upper else []
            end += 1
        else:
            plain = [w for w in letters if w.common and not w.lists & (sets.given | sets.surname | sets.heads)]
            if len(letters) > FEWEST and 2 * len(plain) >= len(letters) and letters[-1] is plain[-1]:
                found.update(range(k, end))
    return found


__all__ = ["lower_words", "raise_words", "silent_places"]
