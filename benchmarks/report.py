"""Markdown tables, and where they go: between two markers in a page of the documentation."""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; every column but the first is aligned to the right.

    >>> print(table(["label", "F1"], [["CITY", "0.9"]]))
    | label | F1 |
    |---|--:|
    | CITY | 0.9 |
    """
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(map(str, row))} |" for row in rows]
    return "\n".join(lines)


def put(text: str, name: str, content: str) -> str | None:
    r"""The text with what stands between the markers of `name` replaced; None when it has no such markers.

    >>> put("a<!-- x:start -->old<!-- x:end -->z", "x", "new")
    'a<!-- x:start -->\nnew\n<!-- x:end -->z'
    """
    start, end = f"<!-- {name}:start -->", f"<!-- {name}:end -->"
    before, found, rest = text.partition(start)
    _, closed, after = rest.partition(end)
    return f"{before}{start}\n{content}\n{end}{after}" if found and closed else None


def write(path: Path, name: str, content: str) -> bool:
    """Put content between the markers of a page; a page without them is left alone, with a word on standard error."""
    page = path.read_text(encoding="utf8") if path.is_file() else ""
    new = put(page, name, content)
    if new is None:
        print(f"{path}: found no <!-- {name}:start --> … <!-- {name}:end -->, nothing written", file=sys.stderr)
        return False
    path.write_text(new, encoding="utf8")
    return True


def add_row(path: Path, name: str, row: Mapping[str, str]) -> bool:
    """Put a row below those of former runs, between the markers of a page.

    row (mapping): Column -> value. A row whose first value is the same is replaced; a table of other columns is too.
    """
    page = path.read_text(encoding="utf8") if path.is_file() else ""
    head = table(list(row), []).splitlines()
    before = page.partition(f"<!-- {name}:start -->")[2].partition(f"<!-- {name}:end -->")[0].strip().splitlines()
    first = f"| {next(iter(row.values()))} |"
    rows = [line for line in before[len(head) :] if not line.startswith(first)] if before[: len(head)] == head else []
    return write(path, name, "\n".join([*head, *rows, *table([], [list(row.values())]).splitlines()[2:]]))


def commit() -> str:
    """The short hash of the checkout, `unknown` outside a repository."""
    command = ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() or "unknown"
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def day_and_commit() -> str:
    """What a row of a table with a row a run begins with."""
    return f"{date.today().isoformat()} `{commit()}`"


def stamp(script: str) -> str:
    """Where a table comes from, for its last line."""
    return f"*`python benchmarks/{script}`, {date.today().isoformat()}, commit `{commit()}`.*"


def parser(about: str | None, *, rounds: int = 5, counts: str = "median") -> argparse.ArgumentParser:
    """The options that scripts which measure time share. about (str): What the script says of itself.
    counts (str): Which of the rounds does.

    --child is how such a script calls itself, to measure in a process of its own.
    """
    args = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--rounds", type=int, default=rounds, help=f"rounds, of which the {counts} counts ({rounds})")
    args.add_argument("--write", action="store_true", help="write the tables into the documentation")
    args.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    return args
