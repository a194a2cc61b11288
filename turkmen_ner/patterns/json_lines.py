"""The patterns of spaCy's EntityRuler: JSON, an entry a line."""

import json
from typing import Any

from turkmen_ner.errors import Problem, short
from turkmen_ner.patterns.yaml_reader import Items, Node

_EXPECTED = 'an entry a line, like {"label": "CITY", "pattern": "Bengazi"}'


def read_lines(text: str, file: str) -> tuple[list[Node], list[Problem]]:
    r"""The entries of a file with the line of each, and what is wrong in the others. Those with one id are one thing.

    >>> rows, problems = read_lines('{"pattern": "Bengazi"}\n{"pattern": 5', "x.jsonl")
    >>> rows, rows[0].line, str(problems[0])[:42]
    ([{'pattern': 'Bengazi'}], 1, 'x.jsonl:2: not well-formed JSON: Expecting')
    """
    rows: list[Node] = []
    problems = []
    known: dict[tuple[Any, Any], Node] = {}  # by id and label
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            what = getattr(error, "msg", "nested too deep" if isinstance(error, RecursionError) else str(error))
            problems.append(Problem(file, number, "", f"not well-formed JSON: {what}", _EXPECTED))
            continue
        if not isinstance(row, dict):
            problems.append(Problem(file, number, "", f"found {short(row)}", _EXPECTED))
            continue
        first = known.get(key := (str(row.get("id")), str(row.get("label"))))
        if first is not None and row.keys() == {"label", "pattern", "id"}:
            field = "aliases" if isinstance(row["pattern"], str) else "more"
            first.setdefault(field, Items()).add(row["pattern"], number)
            continue
        rows.append(Node.of(number, **row))
        if row.get("id"):
            known[key] = rows[-1]
    return rows, problems


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for n, (key, _) in enumerate(pairs) if key in dict(pairs[:n]))
        raise ValueError(f"the key {short(twice)} twice")
    return found
