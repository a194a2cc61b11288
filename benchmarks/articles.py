"""Articles to measure on: those of seeds/, each with people of its own, so that no two are the same."""

# ruff: noqa: SIM905 - a split string reads better than a list of quoted words

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

import report

from turkmen_ner.corpus.bracket_notation import strip

FIRST = date(2015, 1, 1)
DAYS = 3000
GIVEN = "Merdan Nurdan Aýna Batyr Çary Döwlet Gülşat Jeren Kerim Läle Maral Orazgeldi Oguljan Sapar Täçmyrat".split()
SYLLABLES = "al ber çar däl gur has jum ker mer nar or pal rej sar töre ýaz".split()
PEOPLE = 2  # of each article


def articles(count: int) -> Iterator[tuple[str, str]]:
    """As many articles, each with a name that has a date: `2015-01-01-0000.txt`."""
    seeds = [strip(path.read_text(encoding="utf8")) for path in sorted((report.ROOT / "seeds").glob("[0-9]*.txt"))]
    for k in range(count):
        said = " ".join(
            f"Bu barada {GIVEN[(k + j) % len(GIVEN)]} {surname} aýtdy. {surname}yň sözleri gysga."
            for j, surname in enumerate(_surname(PEOPLE * k + j) for j in range(PEOPLE))
        )
        day = FIRST + timedelta(days=k % DAYS)
        yield f"{day.isoformat()}-{k:05}.txt", f"{seeds[k % len(seeds)]}\n{said}\n"


def _surname(number: int) -> str:
    """A surname for each number: 0 > Alalow, 1 > Beralow."""
    parts = []
    while len(parts) < 2 or number:
        number, rest = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[rest])
    return f"{''.join(parts)}ow".capitalize()


def sentences(count: int) -> Iterator[str]:
    """As many sentences, the last ones of articles."""
    return (text.splitlines()[-1] for _, text in islice(articles(count), count))
