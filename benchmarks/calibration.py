"""Calibration: of the mentions with a score of 0.8, are about 80 % right? And what does `min_score` leave?

    python benchmarks/calibration.py [GOLD.jsonl ...] [--write]

Without files: native-check.jsonl, dev.jsonl and native.jsonl of ../shared/gold, where they exist; the picture shows the
first. The scores are fitted by tools/fit_scores.py on all of these but native-check.jsonl, of which only the figures
are looked at. --write puts the table into docs/quality.md and the picture into docs/assets/calibration.svg.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import report
import scoring

import turkmen_ner
from turkmen_ner.corpus.evaluation import Document, Words, compare, read_gold

GOLD = report.ROOT.parent / "shared" / "gold"
FILES = ("native-check.jsonl", "dev.jsonl", "native.jsonl")
PICTURE = report.ROOT / "docs" / "assets" / "calibration.svg"
BINS = 10
THRESHOLDS = (0.0, 0.5, 0.7, 0.9)  # values of min_score

Scored = tuple[float, bool]  # the score of a mention, and whether its words and its label are right


class Bin(NamedTuple):
    """Mentions with about the same score: how many, their mean score and the share that is right."""

    number: int
    score: float
    right: float


def scored(documents: Sequence[Document]) -> tuple[list[Scored], int]:
    """The mentions that are found and count, and the number of those in the gold."""
    rows: list[Scored] = []
    gold = 0
    for document in documents:
        words = Words(document.text)
        found = {(*words.touched(e.start, e.end), e.label): e.score for e in turkmen_ner.tag(document.text)}
        compared = compare(document, found, labels=scoring.FINE)
        rows += [(found[span], span in compared.gold) for span in sorted(compared.found)]
        gold += len(compared.gold)
    return rows, gold


def binned(rows: Sequence[Scored], bins: int = BINS) -> list[Bin]:
    """The mentions in bins of equal width, without empty ones.

    >>> binned([(0.9, True), (1.0, True), (0.25, False)])
    [Bin(number=1, score=0.25, right=0.0), Bin(number=2, score=0.95, right=1.0)]
    """
    held: dict[int, list[Scored]] = {}
    for score, right in rows:
        held.setdefault(min(int(score * bins + 1e-9), bins - 1), []).append((score, right))
    return [
        Bin(len(group), sum(s for s, _ in group) / len(group), sum(r for _, r in group) / len(group))
        for _, group in sorted(held.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: how far score and share right are apart in a bin, on average over the mentions.

    >>> round(calibration_error([Bin(1, 0.5, 1.0), Bin(3, 0.9, 1.0)]), 3)
    0.2
    """
    number = sum(one.number for one in bins)
    return sum(one.number * abs(one.score - one.right) for one in bins) / number if number else 0.0


def at_least(rows: Sequence[Scored], gold: int, threshold: float) -> tuple[float, float]:
    """Precision and recall of the mentions with a score from a threshold on.

    >>> at_least([(0.4, False), (0.8, True)], 2, 0.5)
    (1.0, 0.5)
    """
    kept = [right for score, right in rows if score >= threshold]
    return (sum(kept) / len(kept) if kept else 0.0), (sum(kept) / gold if gold else 0.0)


def picture(bins: Sequence[Bin], name: str) -> str:
    """The reliability picture as SVG: a point for each bin, its area for the mentions; the broken line is perfect."""
    side, left, top = 320, 48, 16

    def place(score: float, right: float) -> tuple[float, float]:
        return left + side * score, top + side * (1 - right)

    most = max((one.number for one in bins), default=1)
    parts = []
    for k in range(0, 11, 2):
        x, y = place(k / 10, k / 10)
        parts.append(f'<path class="grid" d="M{x:.1f} {top}V{top + side}M{left} {y:.1f}H{left + side}"/>')
        parts.append(f'<text x="{x:.1f}" y="{top + side + 18}" text-anchor="middle">{k / 10:g}</text>')
        parts.append(f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{k / 10:g}</text>')
    parts.append(f'<path class="ideal" d="M{left} {top + side}L{left + side} {top}"/>')
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(one.score, one.right) for one in bins))
    parts.append(f'<polyline class="line" points="{line}"/>')
    for one in bins:
        x, y = place(one.score, one.right)
        title = f"score {one.score:.2f}, right {one.right:.2f}, {one.number} mentions"
        radius = 3 + 11 * (one.number / most) ** 0.5
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"><title>{title}</title></circle>')
    middle = left + side / 2
    parts.append(f'<text x="{middle}" y="{top + side + 38}" text-anchor="middle">score</text>')
    height = top + side / 2
    parts.append(f'<text transform="translate(14 {height}) rotate(-90)" text-anchor="middle">share right</text>')
    style = (
        "text{font:12px system-ui,sans-serif;fill:#333}.paper{fill:#fff}.grid{stroke:#ccc;fill:none}"
        ".ideal{stroke:#767676;stroke-dasharray:4 4}.line{stroke:#0b62a4;fill:none}circle{fill:#0b62a4;"
        "fill-opacity:.75}@media(prefers-color-scheme:dark){text{fill:#ddd}.paper{fill:#16181d}.grid{stroke:#444}"
        ".ideal{stroke:#9a9a9a}.line{stroke:#8ecae6}circle{fill:#8ecae6}}"
    )
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + side + 24} {top + side + 50}" '
        f'width="{left + side + 24}" role="img"><title>Score and share right, {name}</title>\n'
        f"<style>{style}</style>\n"
        f'<rect class="paper" width="100%" height="100%"/>\n{body}\n</svg>\n'
    )


def tables(sets: dict[str, tuple[list[Scored], int]]) -> str:
    """Calibration error, and precision and recall at each threshold, of each set."""
    rows = []
    for name, (found, gold) in sets.items():
        row: list[object] = [name, len(found), f"{calibration_error(binned(found)):.3f}"]
        for threshold in THRESHOLDS:
            row += [f"{share:.3f}" for share in at_least(found, gold, threshold)]
        rows.append(row)
    head = ["documents", "found", "calibration error"]
    for threshold in THRESHOLDS:
        head += [f"P at {threshold:g}" if threshold else "P of all", "R"]
    return report.table(head, rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table, and write it with --write."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", nargs="*", type=Path, help="gold files; default: those of ../shared/gold")
    args.add_argument("--write", action="store_true", help="write table and picture into the documentation")
    opts = args.parse_args(argv)
    paths = opts.gold or [path for path in (GOLD / name for name in FILES) if path.is_file()]
    if not paths:
        sys.exit("found no gold files, expected at least one")
    sets = {path.name: scored(list(read_gold(path))) for path in paths}
    shown = tables(sets)
    print(shown)
    if opts.write:
        name, (found, _) = next(iter(sets.items()))
        PICTURE.write_text(picture(binned(found), name), encoding="utf8")
        image = f"![Score and share right, {name}: the nearer to the line, the better](assets/calibration.svg)"
        stamp = report.stamp("calibration.py --write")
        report.write(report.ROOT / "docs" / "quality.md", "calibration", f"{shown}\n\n{image}\n\n{stamp}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
