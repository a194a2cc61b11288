"""Write turkmen_ner/lang/tk/data/tk_lexeme_norm.json: misspelt word -> normal spelling, lower case.

    python tools/build_norms.py

The words: function words, numbers, months, days, the common words of seeds/, and country names with their case forms.
The spellings: without diacritics (turkmenistan, ucin) and with the letters ñ, ÿ, ỳ of older alphabets, each also
with a capital, for spaCy looks a word up as written. A spelling that is itself a common word, or that more than
one word could be meant by, is left out; see `outweighs` for the one exception.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import yaml

from turkmen_ner.lang.tk.lex_attrs import CARDINALS, ORDINALS
from turkmen_ner.lang.tk.stop_words import STOP_WORDS
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.orthography.alphabet import ASCII, fold

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "turkmen_ner" / "lang" / "tk" / "data" / "tk_lexeme_norm.json"
MONTHS = "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr"
DAYS = "duşenbe sişenbe çarşenbe penşenbe anna şenbe ýekşenbe"
SHORT = {"mln": "million", "mlrd": "milliard", "trln": "trillion"}
OLD_LETTERS = [str.maketrans(dict(zip("ňý", new, strict=True))) for new in ("ñý", "ňÿ", "ňỳ", "ñÿ", "ñỳ")]
LETTERS_OF = {"a": "aä", "c": "cç", "z": "zž", "n": "nň", "o": "oö", "s": "sş", "u": "uü", "y": "yý"}


def main() -> None:
    """Collect the words and their misspellings, drop the ambiguous ones, write TARGET."""
    words = common_words() | STOP_WORDS | {*CARDINALS, *ORDINALS, *MONTHS.split(), *DAYS.split()}
    names = country_forms()
    targets = words | names
    meant: dict[str, set[str]] = {}
    for word in targets:
        for spelling in misspellings(word):
            meant.setdefault(spelling, set()).add(word)
    norms = dict(SHORT)
    for spelling, candidates in meant.items():
        if spelling in targets or is_common(spelling) or len(candidates) != 1:
            continue
        (word,) = candidates
        if any(not outweighs(word, other) for other in other_readings(spelling) - {word}):
            continue
        if word not in names:
            norms[spelling] = word
        norms[spelling[0].upper() + spelling[1:]] = word
    rows = dict(sorted(norms.items()))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf8")
    print(f"{TARGET.name}: {len(rows):,} spellings of {len(set(rows.values())):,} words")


def common_words() -> set[str]:
    """The lower-case words of the seeds that the vocabulary knows."""
    text = "\n".join(path.read_text(encoding="utf8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    return {word for word in re.findall(r"(?<![\w-])[a-zçäýňöşüž]+(?![\w-])", text) if is_common(word)}


def country_forms() -> set[str]:
    """Country names of one word in all cases, lower case."""
    entries = yaml.safe_load((ROOT / "patterns" / "countries-cldr.yaml").read_text(encoding="utf8"))["patterns"]
    names = {str(entry["pattern"]) for entry in entries}
    forms = {name for name in names if name.isalpha() and not name.isupper()}
    for name in sorted(forms):
        forms |= {inflect(name, case=case, hyphen=False) for case in ("Gen", "Dat", "Acc", "Loc", "Abl")}
        forms.add(inflect(name, case="Loc", attributive=True, hyphen=False))
    return {fold(form) for form in forms}


def misspellings(word: str) -> set[str]:
    """The word in ASCII and in older alphabets, where that differs.

    >>> sorted(misspellings("seniň")), sorted(misspellings("şu"))
    (['senin', 'seniñ'], ['su'])
    """
    return {word.translate(table) for table in (ASCII, *OLD_LETTERS)} - {word}


def outweighs(word: str, other: str) -> bool:
    """Whether a function word is so much likelier that the other need not count: üçin, the other being "your tip".

    >>> outweighs("üçin", "üçiň"), outweighs("soň", "sön")
    (True, False)
    """
    return word in STOP_WORDS and word.replace("ň", "n") == other.replace("ň", "n")


def other_readings(spelling: str) -> set[str]:
    """All common words that give this spelling when typed in ASCII."""
    if not spelling.isascii():
        return set()
    return {word for word in restored(spelling) if word != spelling and is_common(word)}


def restored(spelling: str) -> Iterator[str]:
    """Every way of putting diacritics back; none for a word with more than 12 places, too long to mean two things."""
    choices = [LETTERS_OF.get(letter, letter) for letter in spelling]
    if sum(len(choice) > 1 for choice in choices) <= 12:
        yield from map("".join, product(*choices))


if __name__ == "__main__":
    main()
