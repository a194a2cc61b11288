"""Count common words that have the letters of a listed name: mary "its eyelash", Ata "grandfather", Hany "where".

    python benchmarks/false_friends.py [gold.jsonl] [--all]

Takes the words of a gold file (default: ../shared/gold/dev.jsonl, else the seeds) that are no part of a mention and
looks each up among the shipped names as if capitals did not matter. It tells what guards against a wrong mention:
- capital: the word is written in lower case in the text, and the name needs a capital (or its exact capitals);
- dictionary: it begins a sentence, but the dictionary knows it as a form of a common word;
- maybe: the entry is marked `maybe`, so the context must confirm it;
- none: it begins a sentence or is written with a capital, and nothing here guards; the context rules must.
Counts are of running words. Names and guards come from the files as they are; no tagging takes place.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from turkmen_ner.gazetteer.entry import EXACT, MAYBE
from turkmen_ner.morphology.dictionary import is_common
from turkmen_ner.orthography.alphabet import capital, fold
from turkmen_ner.orthography.segmentation import segment
from turkmen_ner.patterns.shipped import shipped

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "dev.jsonl"
BRACKET = re.compile(r"(?<!\\)\[([^\]|]+)\|[^\]]+\]")
GUARDS = ("capital", "exact", "dictionary", "maybe", "none")
ROWS = 25


def documents(path: Path | None) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Texts with the places of their mentions."""
    if path is not None:
        for line in path.read_text(encoding="utf8").splitlines():
            document = json.loads(line)
            yield document["text"], [(span["start"], span["end"]) for span in document["spans"]]
        return
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        text, spans, at = "", [], 0
        source = seed.read_text(encoding="utf8")
        for match in BRACKET.finditer(source):
            text += source[at : match.start()]
            spans.append((len(text), len(text) + len(match[1])))
            text, at = text + match[1], match.end()
        yield text + source[at:], spans


def common_words(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """The words outside mentions, each with whether it begins a sentence."""
    at, begins = 0, True
    for piece in segment(text):
        start, at = at, at + len(piece)
        if piece.isspace():
            begins = begins or "\n" in piece
        elif piece[0].isalpha():
            if not any(a < at and start < b for a, b in spans):
                yield piece, begins
            begins = False
        elif piece in ".!?…":
            begins = True


def main(arguments: list[str]) -> None:
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    path = paths[0] if paths else GOLD if GOLD.exists() else None
    gazetteer = shipped()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, Counter[str]] = defaultdict(Counter)
    total = 0
    for text, spans in documents(path):
        for word, begins in common_words(text, spans):
            total += 1
            written = word if word[0].isupper() else capital(word)
            found = [m for m in gazetteer.final(written, fold(word)) if not m.form.flags & EXACT]
            exact = [m for m in gazetteer.final(word.upper(), fold(word)) if m.form.flags & EXACT]
            if not found and not exact:
                continue
            if found and word[0].isupper():
                common = begins and is_common(fold(word))
                maybe = all(m.form.flags & MAYBE for m in found)
                guard = "maybe" if maybe else "dictionary" if common else "none"
            else:
                guard = "capital" if found else "exact"
            name = (found or exact)[0].form.written
            names[name][guard] += 1
            examples[name][word] += 1
    print(f"{path.name if path else 'seeds'}: {total:,} running words outside mentions")
    print("| name | words | " + " | ".join(GUARDS) + " | such as |")
    print("|---|---|" + "---|" * (len(GUARDS) + 1))
    ordered = sorted(
        names.items(), key=lambda pair: (-pair[1]["none"], -pair[1]["dictionary"], -pair[1].total(), pair[0])
    )
    for name, guards in ordered if "--all" in arguments else ordered[:ROWS]:
        such = ", ".join(word for word, _ in examples[name].most_common(3))
        print(f"| {name} | {guards.total()} | " + " | ".join(str(guards[g] or "") for g in GUARDS) + f" | {such} |")
    both: Counter[str] = sum(names.values(), Counter())
    print(f"| all {len(names)} names | {both.total()} | " + " | ".join(str(both[g]) for g in GUARDS) + " | |")


if __name__ == "__main__":
    main(sys.argv[1:])
