"""Compiled and saved files with a right checksum and forged content: each is refused with a PatternError, or tags.

python tests/helpers/mutants.py [--number 10000] [--seed 1]
"""

import argparse
import copy
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import srsly

import turkmen_ner
from turkmen_ner.errors import PatternError
from turkmen_ner.gazetteer.serialization import OWN, SAVED, pack, unpack
from turkmen_ner.patterns.shipped import compile_patterns

PATTERNS: list[dict[str, Any]] = [
    {"label": "CITY", "id": "zahyrap", "pattern": "Zahyrap", "kb": "geonames:1", "aliases": ["Zahrap", "Ak Zahyrap"]},
    {"label": "BODY", "id": "office", "pattern": "Zahyrap söwda edarasy", "maybe": True, "before": ["döwlet"]},
    {"label": "SHIP", "id": "ship", "pattern": [{"IS_TITLE": True, "OP": "+"}], "after": [{"LIST": "ships"}, "gämi"]},
    {"label": "BODY", "id": "law", "pattern": [{"LOWER": "zahyrap"}, {"BASE": "kanun"}], "not_before": ["köne"]},
    {"label": "SHIP", "id": "number", "pattern": [{"TEXT": {"REGEX": r"^[A-Z]+-\d+$"}}, {"LENGTH": {">=": 3}}]},
    {"label": "CITY", "id": "mary-two", "pattern": "Mary", "case": "any", "soften": "both"},
    {"label": "REGION", "id": "mary-three", "pattern": "Mary"},
]
DOCUMENT: dict[str, Any] = {
    "lists": {"ships": ["tanker", "ýük gämisi"], "titles": ["wekil"]},
    "evidence": [{"id": "r", "label": "PERSON", "weight": 1.5, "when": ["before:titles"], "unless": ["words:1"]}],
}
OVER: list[dict[str, Any]] = [  # over those: what adds, replaces and removes
    {"id": "zahyrap", "aliases": ["Zahyrp"], "after": ["şäher"]},
    {"label": "CITY", "id": "mary-three", "pattern": "Marow"},
    {"remove": ["law", "r"], "patterns": [{"label": "CITY", "pattern": "Ak Zahyrap"}]},
]
TEXT = (
    "Zahyrapda bolsa Ak Guş tankeri durýar. Döwlet Zahyrap söwda edarasynyň wekili Orazmämmet Gylyjow Zahrapdan geldi. "
    "Zahyrap kanunynda AB-12 uzyn söz bar; ak zahyrapdan marynyň Marowa, Zahyrp şäheri, ýük gämisi, Maryda 5-nji."
)
ODD = (
    None, True, False, 0, 1, -1, 7, 2**31, 2**40, -(2**31), 1.5, float("nan"), "", "a", "A B", "x\ny", "\x00", "ş" * 90,
    b"", b"\1", b"\0" * 4, b"\xff" * 8, b"\1\0\0\0", [], [1], ["a"], [[]], [0, 0], {}, {"a": 1}, {"LIST": ["no"]},
)  # fmt: skip


def bases(folder: Path) -> list[tuple[str, Any]]:
    """Kinds and contents of files that are right."""
    one, two = folder / "one.msgpack", folder / "two.msgpack"
    compile_patterns([*PATTERNS, DOCUMENT], one, shipped=False)
    compile_patterns([one, *OVER], two, shipped=False)
    found = [(OWN, unpack(path.read_bytes(), OWN, path.name)) for path in (one, two)]
    for sources in ([*PATTERNS, DOCUMENT], [one, *OVER]):
        nlp = turkmen_ner.load(patterns=sources, shipped=False)
        found.append((SAVED, unpack(nlp.get_pipe("turkmen_ner").to_bytes(), SAVED, "saved")))
    return found


def mutant(content: Any, rng: random.Random) -> Any:
    """The content with one to three values that are others."""
    content = copy.deepcopy(content)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        places = list(_places(content))
        if places:
            holder, key = rng.choice(places)
            _change(holder, key, rng, rng.choice(places))
    return content


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in list(items):
        yield value, key
        yield from _places(one)


def _change(holder: Any, key: Any, rng: random.Random, other: tuple[Any, Any]) -> None:
    value = holder[key]
    kind = rng.random()
    if kind < 0.15:
        del holder[key]
    elif kind < 0.3:
        holder[key] = copy.deepcopy(other[0][other[1]]) if other[1] in other[0] or isinstance(other[0], list) else None
    elif kind < 0.45 and isinstance(holder, list):
        holder.insert(rng.randint(0, len(holder)), copy.deepcopy(value))
    elif kind < 0.55 and isinstance(holder, dict):
        holder[rng.choice((1, "a", "LIST", "before", key * 2 if isinstance(key, str) else 3))] = holder.pop(key)
    elif isinstance(value, (bytes, str)) and value and kind < 0.9:
        at = rng.randrange(len(value))
        part: Any = rng.choice(ODD)
        part = part if type(part) is type(value) else value[at : at + rng.choice((1, 4))]
        holder[key] = value[:at] + rng.choice((part, part + part, type(value)())) + value[at + rng.choice((0, 1, 4)) :]
        if isinstance(value, bytes) and rng.random() < 0.6:
            holder[key] = value[:at] + bytes([value[at] ^ rng.choice((1, 2, 5, 128, 255))]) + value[at + 1 :]
    elif isinstance(value, (int, float)) and kind < 0.9:
        holder[key] = value + rng.choice((1, -1, 2, 1000, -1000, 0.5))
    else:
        holder[key] = copy.deepcopy(rng.choice(ODD))


def tried(kind: str, content: Any, folder: Path, nlp: Any) -> str:
    """What becomes of a file: refused or read. RAISES: Whatever is raised but a PatternError."""
    from turkmen_ner.gazetteer.serialization import _code_key

    data = pack(kind, content, _code_key() if kind == OWN else "")
    component = nlp.get_pipe("turkmen_ner")
    try:
        if kind == SAVED:
            component.from_bytes(data)
        else:
            path = folder / "mutant.msgpack"
            path.write_bytes(data)
            nlp = turkmen_ner.load(patterns=[path], shipped=False)
    except PatternError as error:
        if not all(line.isprintable() for line in str(error).splitlines()):
            raise
        return "refused"
    found = turkmen_ner.tag(TEXT, nlp=nlp)
    assert all(found.text[e.start : e.end] == e.text for e in found)
    found.main_names()
    turkmen_ner.explain(TEXT, nlp=nlp)
    component = nlp.get_pipe("turkmen_ner")
    gazetteer = component.tagger.gazetteer
    for entry in gazetteer.entries:
        gazetteer.forms_of([entry.id])
        component.first_form(entry.id)
    assert component.labels is not None
    component.from_bytes(component.to_bytes())
    return "read"


def run(number: int, seed: int) -> tuple[Counter[str], list[tuple[str, Any, BaseException]]]:
    """Try so many mutants. RETURNS (tuple): How many were refused and read; kind, content and exception of others."""
    rng = random.Random(seed)
    counts: Counter[str] = Counter()
    failures = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = bases(folder)
        pipelines = [turkmen_ner.load(shipped=False, spelling=spelling) for spelling in ("strict", "lenient")]
        for kind, content in found:
            assert tried(kind, content, folder, pipelines[0]) == "read", kind
        for k in range(number):
            kind, content = rng.choice(found)
            changed = mutant(content, rng)
            try:
                counts[tried(kind, changed, folder, pipelines[k % 2])] += 1
            except Exception as error:
                failures.append((kind, changed, error))
    return counts, failures


def main() -> None:
    """Try mutants, and print what was raised."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--number", type=int, default=10_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    counts, failures = run(given.number, given.seed)
    print(dict(counts), f"{len(failures)} other exceptions")
    import traceback

    shown: Counter[str] = Counter()
    for _, _, error in failures:
        last = traceback.extract_tb(error.__traceback__)[-1]
        shown[f"{type(error).__name__}: {error!s:.100} at {Path(last.filename).name}:{last.lineno}"] += 1
    for line, times in shown.most_common(30):
        print(times, line)
    if failures:
        kind, content, error = failures[0]
        print(kind, srsly.json_dumps(repr(content))[:3000])
        traceback.print_exception(error)
        sys.exit(1)


if __name__ == "__main__":
    main()
