"""Write turkmen_ner/data/words.json, the common words of Turkmen, from a hunspell dictionary.

    python tools/build_words.py path/to/tk_TM.dic path/to/tk_TM.aff

The dictionary (nazartm/turkmen-spell-check-dictionary, Apache-2.0) lists stems with the number of a flag
alias; an alias is a set of suffix rules. None of its rules strips a letter or has a condition, so a stem's
forms are the stem followed by each suffix of its aliases. Names, with a capital or in SMALL, are left out; only
whether they soften a final p t k ç is kept, of those that it does not have both ways.
The result: {"stems": {first letter: "stem:classes|stem:classes"}, "suffixes": {suffix: classes}, "bound": classes,
"names": {folded name: whether it softens}},
where a string of classes has one letter for each alias (a string loads four times as fast as a list of numbers, and
stems that nobody asks for are never taken apart); classes in "bound" hold stems that are no words without a suffix.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from turkmen_ner.morphology.dictionary import Vocabulary
from turkmen_ner.morphology.phonology import SOFT
from turkmen_ner.orthography.alphabet import fold

FIRST_CLASS = 0x100  # a letter of its own for each alias, none that JSON escapes
# Names of places that the dictionary writes small.
SMALL = frozenset(
    """
    afrika akdepe altyndepe amerika amyderýa angliýa ankara antarktida arktika awstraliýa awstriýa azerbaýjan aziýa
    aşgabad aşgabat babadaýhan balkanabat baltika bathyz baýramaly belarus belgiýa braziliýa britaniýa buhara
    bäherden büzmeýin daniýa daşkent daşoguz esenguly eýran fransiýa garabogaz garagum garagurum garrygala germaniýa
    gowurdak gresiýa gumdag guşgy gyzylarbat gyzylaýak gyzyletrek gökdepe hindistan horasan horezm hytaý hywa
    ispaniýa italiýa kanada kawkaz kerki koreýa krasnowodsk köneürgenç köpetdag köýtendag lebap london meksika merw
    mesopotamiýa moskwa müsür nebitdag niderland norwegiýa nusaý palestina parfiýa pariž sarygamyş senegal sibir
    siriýa skandinawiýa somali tagtabazar türkistan türkmenbaşy türkmenistan türküstan wizantiýa wýetnam ysraýyl
    zakaspi zerewşan çarşaňňy çärjew özbegistan ürgenç ýaponiýa ýewraziýa ýewropa ýolöten şarlawuk şwesiýa
    """.split()  # noqa: SIM905
)
TARGET = Path(__file__).parent.parent / "turkmen_ner" / "data" / "words.json"


def main(dictionary: str, affixes: str) -> None:
    """Read both hunspell files and write TARGET."""
    aliases: list[list[str]] = []
    suffix_of: dict[str, str] = {}
    needs_affix = ""
    for line in Path(affixes).read_text(encoding="utf8").splitlines():
        parts = line.split()
        if parts[:1] == ["AF"] and ("," in parts[1] or len(parts) > 2):
            aliases.append(parts[1].split(","))
        elif parts[:1] == ["NEEDAFFIX"]:
            needs_affix = parts[1]
        elif parts[:1] == ["SFX"] and len(parts) == 5:
            _, flag, strip, suffix, condition = parts
            if strip != "0" or condition != ".":
                sys.exit(f"{affixes}: rule {flag} strips or has a condition, which this script does not know: {line}")
            suffix_of[flag] = suffix
    stems: dict[str, str] = defaultdict(str)
    names: dict[str, str] = defaultdict(str)
    for entry in Path(dictionary).read_text(encoding="utf8").splitlines()[1:]:
        stem, _, alias = entry.strip().partition("/")
        of = names if stem[:1].isupper() or stem in SMALL else stems
        if stem:
            of[fold(stem) if of is names else stem] += chr(FIRST_CLASS + int(alias)) if alias else ""
    used = set("".join(stems.values()))
    suffixes: dict[str, str] = defaultdict(str)
    all_suffixes: dict[str, str] = defaultdict(str)
    classes = [(chr(FIRST_CLASS + number), flags) for number, flags in enumerate(aliases, start=1)]
    for letter, flags in classes:
        for flag in flags:
            if flag in suffix_of:
                all_suffixes[suffix_of[flag]] += letter
                if letter in used:
                    suffixes[suffix_of[flag]] += letter
    bound = "".join(letter for letter, flags in classes if needs_affix in flags)
    of_names = Vocabulary(packed(names), all_suffixes, bound, {})
    changes = {name: of_names.softens(name) for name in sorted(names) if name[-1] in SOFT}
    data = {
        "stems": packed(stems),
        "suffixes": dict(sorted(suffixes.items())),
        "bound": bound,
        "names": {name: change for name, change in changes.items() if change is not None},
    }
    TARGET.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")
    print(f"{TARGET.name}: {len(stems):,} stems, {len(suffixes):,} suffixes")


def packed(stems: dict[str, str]) -> dict[str, str]:
    """Stems with their classes, a string for each first letter."""
    found: dict[str, str] = {}
    for stem, letters in sorted(stems.items()):
        if set(stem) & set(":|"):
            sys.exit(f"found {stem!r}, expected a stem without the signs : and |, which part stems here")
        found[stem[0]] = f"{found[stem[0]]}|{stem}:{letters}" if stem[0] in found else f"{stem}:{letters}"
    return found


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
