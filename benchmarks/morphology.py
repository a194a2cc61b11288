"""Measure the morphology: how many inflected names get the right base form and case, listed and unlisted, and how fast.

    python benchmarks/morphology.py                     # the seeds of the repository
    python benchmarks/morphology.py seeds/*.txt bases.tsv

Reads documents in bracket notation (seeds/README.md: `[surface|LABEL|base|Case]`) or tables of surface, base and case
parted by tabs.
Each distinct mention is taken once, in two ways:
- listed: a gazetteer of exactly the base forms looks the mention up, and the most common reading is taken;
- unlisted: the last word alone, no names known, best of `ranked`. Names that end in a possessive (`ministrligi`) are
  left out here: their base form is no single word.
The nominative is told from the rest, for it is the easy part.
At last every listed name is put in five cases by inflect() and read back by a gazetteer of exactly that name.
"""

import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from turkmen_ner.gazetteer.entry import FIXED, POSSESSED
from turkmen_ner.morphology.analysis import features_of, how_common, ranked, readings
from turkmen_ner.morphology.inflection import inflect
from turkmen_ner.morphology.possession import is_possessed
from turkmen_ner.orthography.alphabet import fold
from turkmen_ner.orthography.segmentation import key_words, segment
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.reader import read

ROOT = Path(__file__).parent.parent
BRACKET = re.compile(r"(?<!\\)\[([^\]|]+)\|([A-Z]+)(?:\|([^\]|]+)\|(\w+))?\]")


class Mention(NamedTuple):
    """A name as written, its base form and its case."""

    surface: str
    base: str
    case: str


def mentions(path: Path) -> Iterator[Mention]:
    """The mentions of a file."""
    text = path.read_text(encoding="utf8")
    if path.suffix == ".tsv":
        for line in text.splitlines():
            surface, base, case = line.split("\t")[:3]
            if case in ("Nom", "Gen", "Dat", "Acc", "Loc", "Abl"):
                yield Mention(surface, base, case)
        return
    for surface, label, base, case in BRACKET.findall(text):
        if label != "MISC":
            yield Mention(surface, base or surface, case or "Nom")


def listed(found: list[Mention]) -> list[str]:
    """Mentions that a gazetteer of exactly the base forms gets wrong, with what it says."""
    bases = list(dict.fromkeys(mention.base for mention in found))
    gazetteer = compile(read([{"label": "BODY", "pattern": base} for base in bases]))
    wrong = []
    for mention in found:
        *inner, last = [p for p in segment(mention.surface) if any(c.isalnum() for c in p)]
        before = "".join(fold(word).replace("-", " ") + " " for word in inner)
        first = mention.surface.split()[0]
        matches = list(gazetteer.final(last, fold(last), before, first))
        best = max(matches, key=lambda m: how_common(m.reading, bool(m.form.flags & POSSESSED)), default=None)
        base = best.form.written if best else "-"
        case = features_of(best.reading.suffixes)["Case"] if best else "-"
        if (fold(base), case) != (fold(mention.base), mention.case):
            wrong.append(f"{mention.surface}: {base} {case}, not {mention.base} {mention.case}")
    return wrong


def unlisted(found: list[Mention]) -> tuple[int, list[str]]:
    """How many mentions were tried by their last word alone, and which are wrong."""
    wrong, tried = [], 0
    for mention in found:
        base = fold(mention.base.split()[-1])
        if is_possessed(mention.base) or mention.base.split()[-1].islower():
            continue
        tried += 1
        best = ranked(fold(mention.surface.split()[-1]))[0]
        case = features_of(best.suffixes)["Case"]
        if (best.base, case) != (base, mention.case):
            wrong.append(f"{mention.surface}: {best.base} {case}, not {base} {mention.case}")
    return tried, wrong


def report(found: list[Mention], details: bool) -> None:
    inflected = [m for m in found if m.case != "Nom"]
    print(f"{'':34}{'mentions':>9}{'right':>9}{'share':>9}")
    for name, group in (("inflected", inflected), ("nominative", [m for m in found if m.case == "Nom"])):
        wrong = listed(group)
        tried, errors = unlisted(group)
        for title, n, bad in (("listed", len(group), wrong), ("unlisted", tried, errors)):
            print(f"{name + ', ' + title:34}{n:>9}{n - len(bad):>9}{(n - len(bad)) / n if n else 1:>9.1%}")
            if details:
                print("".join(f"    {line}\n" for line in bad), end="")
    made = [(m, inflect(m.base, case=m.case, attributive=m.surface.endswith(("aky", "äki")))) for m in inflected]
    same = sum(fold(form) == fold(m.surface) for m, form in made)
    print(f"{'inflect() writes the same form':34}{len(made):>9}{same:>9}{same / len(made) if made else 1:>9.1%}")
    if details:
        print("".join(f"    {m.surface}: {form}\n" for m, form in made if fold(form) != fold(m.surface)), end="")


CASES = ("Gen", "Dat", "Acc", "Loc", "Abl")


def there_and_back(every: int = 1) -> tuple[int, list[str]]:
    """The shipped names in five cases: how many forms were made, and those that are not read as the name in its case.

    every (int): 1 for all names, n for each nth.
    """
    tried, wrong = 0, []
    shipped = compile(read([ROOT / "patterns"]))
    for form in list(shipped.forms)[::every]:
        if form.flags & FIXED:
            continue
        possessed = bool(form.flags & POSSESSED)
        gazetteer = compile(read([{"label": "BODY", "pattern": form.written, "possessed": possessed}]))
        for case in CASES:
            made = inflect(form.written, case=case, possessed=possessed)
            last = segment(made)[-1]
            before = "".join(word + " " for word in key_words(made[: -len(last)] + "X")[:-1])
            matches = gazetteer.final(last, fold(last), before, made.split()[0])
            tried += 1
            if not any(features_of(m.reading.suffixes)["Case"] == case and m.base == form.written for m in matches):
                wrong.append(f"{made}: not read as {form.written} {case}")
    return tried, wrong


def speed(words: Iterable[str]) -> None:
    folded = list(dict.fromkeys(fold(word) for word in words))
    for name, work in (("readings()", readings), ("ranked()", ranked)):
        start = time.perf_counter()
        for word in folded:
            work(word)
        each = (time.perf_counter() - start) / len(folded)
        print(f"{name:34}{len(folded):>9} distinct words, {each * 1e6:.0f} µs each")


def main(paths: list[str]) -> None:
    files = [Path(p) for p in paths if not p.startswith("-")] or sorted((ROOT / "seeds").glob("*.txt"))
    found = list(dict.fromkeys(m for path in files for m in mentions(path)))
    report(found, details="--errors" in paths)
    tried, wrong = there_and_back()
    print(f"{'listed names, there and back':34}{tried:>9}{tried - len(wrong):>9}{1 - len(wrong) / tried:>9.1%}")
    if "--errors" in paths:
        print("".join(f"    {line}\n" for line in wrong), end="")
    text = " ".join(path.read_text(encoding="utf8") for path in files if path.suffix == ".txt")
    if text:
        speed(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", BRACKET.sub(r"\1", text)))


if __name__ == "__main__":
    main(sys.argv[1:])
