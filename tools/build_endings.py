"""Write turkmen_ner/data/endings.json: which letters follow which in names, and how names end.

    python tools/build_endings.py

Counted on the last words of the listed names in patterns/, each word once, without abbreviations and common nouns.
The result: {"letters": {two letters: log P(second | first)}, "ends": {1 to 4 letters: log P(the name ends here)}};
an ending is left out when it says about the same as the shorter one. "^" stands before the first letter.
"""

import json
from collections import Counter
from math import log
from pathlib import Path

from turkmen_ner.gazetteer.entry import POSSESSED
from turkmen_ner.orthography.alphabet import LETTERS, fold
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "turkmen_ner" / "data" / "endings.json"
LONGEST = 4  # letters of an ending
FEWEST = 5  # sightings of an ending
WEIGHT = 4  # of the shorter ending, in sightings
SAME = 0.2  # a difference in log P that is not worth an entry


def names() -> set[str]:
    """The folded last words of names."""
    gazetteer = compile(read([ROOT / "patterns"]))
    found = set()
    for form in gazetteer.forms:
        last = form.written.split()[-1].rpartition("-")[2]
        if (
            last[:1].isupper()
            and not last.isupper()
            and not form.flags & POSSESSED
            and len(last) > 2
            and last.isalpha()
        ):
            found.add(fold(last))
    return found


def main() -> None:
    """Count and write."""
    pairs: Counter[str] = Counter()
    firsts: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    words = sorted(names())
    for word in words:
        for i, char in enumerate(word):
            before = word[i - 1] if i else "^"
            pairs[before + char] += 1
            firsts[before] += 1
            for n in range(1, min(LONGEST, i + 1) + 1):
                seen[word[i + 1 - n : i + 1]] += 1
        for n in range(1, min(LONGEST, len(word)) + 1):
            ended[word[-n:]] += 1
    alphabet = sorted(set(LETTERS) | set(firsts) - {"^"})
    letters = {
        a + b: round(log((pairs[a + b] + WEIGHT / len(alphabet)) / (firsts[a] + WEIGHT)), 2)
        for a in ["^", *alphabet]
        for b in alphabet
        if pairs[a + b] > 1
    }
    share = sum(ended[c] for c in alphabet) / sum(seen[c] for c in alphabet)
    smooth: dict[str, float] = {"": share}
    ends = {"": round(log(share), 2)}
    for n in range(1, LONGEST + 1):
        for ending in sorted(e for e in seen if len(e) == n and (n == 1 or seen[e] >= FEWEST)):
            shorter = next(smooth[ending[i:]] for i in range(1, n + 1) if ending[i:] in smooth)
            smooth[ending] = (ended[ending] + WEIGHT * shorter) / (seen[ending] + WEIGHT)
            kept = next(ends[ending[i:]] for i in range(1, n + 1) if ending[i:] in ends)
            if abs(log(smooth[ending]) - kept) > SAME:
                ends[ending] = round(log(smooth[ending]), 2)
    data = {"letters": letters, "ends": ends}
    TARGET.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf8")
    print(f"{TARGET.name}: {len(letters):,} pairs and {len(ends):,} endings of {len(words):,} names")


if __name__ == "__main__":
    main()
