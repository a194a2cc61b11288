"""Write turkmen_ner/data/words.json, the common words of Turkmen, from a hunspell dictionary.

    python tools/build_words.py path/to/tk_TM.dic path/to/tk_TM.aff

The dictionary (nazartm/turkmen-spell-check-dictionary, Apache-2.0) lists stems with the number of a flag
alias; an alias is a set of suffix rules. None of its rules strips a letter or has a condition, so a stem's
forms are the stem followed by each suffix of its aliases. Names, which it writes with a capital, are left out.
The result: {"stems": {first letter: "stem:classes|stem:classes"}, "suffixes": {suffix: classes}, "bound": classes},
where a string of classes has one letter for each alias (a string loads four times as fast as a list of numbers, and
stems that nobody asks for are never taken apart); classes in "bound" hold stems that are no words without a suffix.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

FIRST_CLASS = 0x100  # a letter of its own for each alias, none that JSON escapes
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
    for entry in Path(dictionary).read_text(encoding="utf8").splitlines()[1:]:
        stem, _, alias = entry.strip().partition("/")
        if stem and not stem[0].isupper():
            stems[stem] += chr(FIRST_CLASS + int(alias)) if alias else ""
    used = set("".join(stems.values()))
    suffixes: dict[str, str] = defaultdict(str)
    classes = [(chr(FIRST_CLASS + number), flags) for number, flags in enumerate(aliases, start=1)]
    for letter, flags in classes:
        for flag in flags:
            if letter in used and flag in suffix_of:
                suffixes[suffix_of[flag]] += letter
    bound = "".join(letter for letter, flags in classes if needs_affix in flags)
    packed: dict[str, str] = {}
    for stem, letters in sorted(stems.items()):
        if set(stem) & set(":|"):
            sys.exit(f"{dictionary}: found {stem!r}, expected a stem without the signs : and |, which part stems here")
        packed[stem[0]] = f"{packed[stem[0]]}|{stem}:{letters}" if stem[0] in packed else f"{stem}:{letters}"
    data = {"stems": packed, "suffixes": dict(sorted(suffixes.items())), "bound": bound}
    TARGET.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")
    print(f"{TARGET.name}: {len(stems):,} stems, {len(suffixes):,} suffixes")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
