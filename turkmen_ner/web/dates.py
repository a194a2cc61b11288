"""Dates of texts, from file names and fields; and the days, months or years that a chart of them has."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

# the year first, or last as in Turkmen; digits may not go on, or 20220514183000 would be in the month 18
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])(?:\2(0[1-9]|[12]\d|3[01]))?(?!\d)")
_YEAR_LAST = re.compile(r"(?<!\d)(0?[1-9]|[12]\d|3[01])([-_.])(0?[1-9]|1[0-2])\2((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![^/\\])((?:19|20)\d\d)(?=[/\\]|$)")

DAYS, MONTHS = 62, 72  # the most of them that a chart shows; longer times are shown by months, by years


def date_in(text: str) -> str:
    """The last date in a file name or field: a day, a month or a year in ISO 8601, as much as it says; "" for none.

    A year alone must be the name of a folder, or all.

    >>> [date_in(name) for name in ("news/2022-05-14 sapar.txt", "14.05.2022.txt", "2022/05/a.txt", "2022/a.txt")]
    ['2022-05-14', '2022-05-14', '2022-05', '2022']
    >>> date_in("20220514T1830"), date_in("2022-02-31.txt"), date_in("1234567.txt"), date_in("2022")
    ('2022-05-14', '', '', '2022')
    """
    found = [(m.start(), (m[1], m[3], m[4] or "")) for m in _YEAR_FIRST.finditer(text)]
    found += [(m.start(), (m[4], m[3], m[1])) for m in _YEAR_LAST.finditer(text)]
    found = found or [(m.start(), (m[1], "", "")) for m in _YEAR.finditer(text)]
    for _, (year, month, day) in sorted(found, reverse=True):
        try:
            whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
        except ValueError:
            continue
        return whole[: 10 if day else 7 if month else 4]
    return ""


def periods(dates: Iterable[str]) -> list[str]:
    """The days, months or years from the first date to the last, without a gap.

    >>> periods(["2022-11-30", "2022-12-02"])
    ['2022-11-30', '2022-12-01', '2022-12-02']
    >>> periods(["2022-11", "2023-01-02"])
    ['2022-11', '2022-12', '2023-01']
    >>> periods(["1999", "2001-05-06"])
    ['1999', '2000', '2001']
    """
    known = sorted(filter(None, dates))
    if not known:
        return []
    first, last = known[0], max(known)
    exact = min(map(len, known))
    if exact == 10:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        if (end - start).days < DAYS:
            return [(start + timedelta(days=k)).isoformat() for k in range((end - start).days + 1)]
    if exact >= 7:
        months = (12 * int(year) + int(month) - 1 for year, month in ((d[:4], d[5:7]) for d in (first, last)))
        start_month, end_month = months
        if end_month - start_month < MONTHS:
            return [f"{k // 12}-{k % 12 + 1:02}" for k in range(start_month, end_month + 1)]
    return [str(year) for year in range(int(first[:4]), int(last[:4]) + 1)]
