"""The slowest regular expression that token patterns accept: a random search, and what is known to be slow.

    python benchmarks/regex_search.py [--number 20000] [--seed 1]

Each accepted expression is searched in words of 60 characters that suit it and nearly match. Printed are the worst
expressions with their time, the least of three runs, and their counted steps.
"""

import argparse
import random
import re
import time
import warnings

from turkmen_ner.patterns.regex_limits import MAX_REGEX, MAX_SEEN, MAX_STEPS, check_regex

ATOMS = [
    "a",
    "b",
    "A",
    ".",
    r"\w",
    r"\d",
    r"\S",
    r"\W",
    "[ab]",
    "[^b]",
    "[^a]",
    "[a-zA-Z]",
    r"[\w-]",
    "ä",
    "[äöüçňşžý]",
]
ATOMS += [r"[^\W\d_]", "[aàáâãäåāăą]", r"[\s\d\-.,:;!?«»a]", "[^bcdfghjklmnpqrstvwxz]"]
EMPTY = [
    r"\b",
    r"\B",
    "^",
    "$",
    "(?=a)",
    "(?!b)",
    "(?<=a)",
    "(?<!b)",
    r"(?=\w*a)",
    r"(?!\w*b)",
    "(?=.*b)",
    r"(?<=\w\w)",
]
TIMES = ["*", "+", "?", "*?", "+?", "??", "{2}", "{3,}", "{1,3}", "{0,60}", "{5,40}", "{,9}?", "{30}", "{7}"]
FLAGS = ["", "", "", "(?i)", "(?s)", "(?a)", "(?i)", "(?m)"]
KNOWN = [r"\w*\w*\w*y", r"(?i)A?A?A*?A*?A*?[^a]", r"(?i)\w*\w*[^\W]*b", r"(.*)(.*)\1b", r"(?:aa?)?\w*\w*\w?b"]
WORDS = ["a" * MAX_SEEN, "a" * (MAX_SEEN - 1) + "b", "ab" * (MAX_SEEN // 2), "A" * MAX_SEEN, "ä" * MAX_SEEN]
WORDS += ["1" * MAX_SEEN, "Aşgabat-1" * 6 + "aaaaaa", "-" * MAX_SEEN, "aA1ä" * (MAX_SEEN // 4), "😀" * MAX_SEEN]
POSSESSIVE = hasattr(re, "NOFLAG")  # Python 3.11


def expression(rng: random.Random) -> str:
    """An expression of some parts, short of what is refused more often than not."""
    return rng.choice(FLAGS) + "".join(_part(rng, 3) for _ in range(rng.randint(1, rng.choice((3, 6, 12, 40)))))


def _part(rng: random.Random, depth: int) -> str:
    kind = rng.random()
    if kind < 0.25 or not depth:
        return rng.choice(ATOMS)
    if kind < 0.6:
        return rng.choice(ATOMS) + rng.choice(TIMES) + ("+" if POSSESSIVE and rng.random() < 0.03 else "")
    if kind < 0.68:
        return rng.choice(EMPTY)
    inner = "".join(_part(rng, depth - 1) for _ in range(rng.randint(1, 3)))
    if kind < 0.78:
        return f"({inner})" + rng.choice(TIMES)
    if kind < 0.88:
        return f"(?:{inner}|{_part(rng, depth - 1)})" + rng.choice(("", "", "?"))
    if kind < 0.93:
        return rng.choice(("(?={})", "(?!{})", "(?>{})" if POSSESSIVE else "(?={})")).format(inner)
    return f"({inner})" + rng.choice(("", r"\1"))


def steps(regex: str) -> int | None:
    """The counted steps of an expression, None if it is refused."""
    try:
        return check_regex(regex)
    except ValueError:
        return None


def slowest(regex: str) -> float:
    """Seconds of the search in the worst word."""
    search = re.compile(regex).search
    return max(_seconds(search, word) for word in WORDS)


def _seconds(search: object, word: str) -> float:
    found = []
    for _ in range(3):
        start = time.process_time_ns()
        search(word)  # type: ignore[operator]
        found.append(time.process_time_ns() - start)
        if found[-1] < 1_000_000:
            break
    return min(found) / 1e9


def grown(regex: str, rng: random.Random) -> str:
    """The expression made slower, as far as it is accepted: parts are added at random and at any place."""
    for _ in range(30):
        at = rng.randint(0, len(regex))
        more = regex[:at] + _part(rng, 1) + regex[at:]
        if len(more) <= MAX_REGEX and (counted := steps(more)) is not None and counted >= (steps(regex) or 0):
            regex = more
    return regex


def main() -> None:
    """Search, and print the ten worst."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--number", type=int, default=20_000, help="accepted expressions to try")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    warnings.simplefilter("ignore", FutureWarning)  # of a bracket in brackets
    rng = random.Random(given.seed)
    worst: list[tuple[float, int, str]] = []
    tried = refused = 0
    known = [regex for regex in KNOWN if steps(regex) is not None]
    while tried < given.number:
        regex = known.pop() if known else expression(rng)
        if rng.random() < 0.1 and steps(regex) is not None:
            regex = grown(regex, rng)
        counted = steps(regex)
        if counted is None:
            refused += 1
            continue
        tried += 1
        worst.append((slowest(regex), counted, regex))
        worst = sorted(worst, reverse=True)[:10]
    print(f"{tried:,} accepted, {refused:,} refused, at most {MAX_STEPS:,} steps")
    for seconds, counted, regex in worst:
        print(f"{seconds * 1000:7.1f} ms {counted:9,} steps  {regex}")


if __name__ == "__main__":
    main()
