"""A report on a corpus as one HTML file that opens without a network: names, mentions, pairs, a map, dates."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from turkmen_ner._version import __version__
from turkmen_ner.corpus.counts import EntityCount, Key
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.web import figures, look
from turkmen_ner.web.collection import Corpus, Mention, together
from turkmen_ner.web.dates import periods

PLACES = frozenset({"CITY", "COUNTRY", "REGION", "GPE", "LOC"})
TOP = 8  # names of each label in the overview
CONNECTED = 300  # the most mentioned names, of which pairs are counted
PAIRS = 300  # in the table
WITH = 10  # names that one appears with
NODES, EDGES = 36, 80  # of the network
ON_MAP = 300
LONGEST = 28  # characters of a caption in a picture


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the size. names (int): In the table. mentions (int): Shown of a name. total (int): Of all names."""

    names: int = 3000
    mentions: int = 100
    total: int = 20_000


def render(corpus: Corpus, *, title: str = "", limits: Limits | None = None, unread: int = 0) -> str:
    """The HTML of a report.

    title (str): Stands above it. unread (int): How many texts could not be read.
    """
    limits = limits or Limits()
    keys = list(corpus.counts)[: limits.names]
    rows = [corpus.counts[key] for key in keys]
    pairs = together(corpus, keys[:CONNECTED])
    spans = periods(corpus.dates)
    most = fair([len(corpus.names[key].mentions) for key in keys], limits.mentions, limits.total)
    shown = {key: corpus.names[key].mentions[:most] for key in keys}
    common = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    data = {
        **_mentions(corpus, keys, shown),
        "periods": spans,
        "pairs": [[one, other, number] for (one, other), number in common[:PAIRS]],
    }
    for name, key, friends in zip(data["names"], keys, _friends(common, len(keys)), strict=True):
        name.update(times=_times(corpus, corpus.names[key].documents, spans), friends=friends)
    labels = look.ordered({row.label for row in corpus.counts.values()})
    by_label = {label: [k for k, row in enumerate(rows) if row.label == label][:TOP] for label in labels}
    places = [k for k, row in enumerate(rows) if row.label in PLACES]
    where = {k: figures.gazetteer()["places"].get(corpus.names[keys[k]].kb) for k in places}
    captions = {k: _short(row.name) for k, row in enumerate(rows)}
    sizes = {k: row.mentions for k, row in enumerate(rows)}
    left = list(corpus.counts.values())[limits.names :]
    template = look.templates().get_template("report.html")
    sources = {"style": look.stylesheet(), "page": look.static("page.js"), "report": look.static("report.js")}
    html = template.render(
        title=title,
        corpus=corpus,
        rows=rows,
        labels=labels,
        totals=Counter(row.label for row in corpus.counts.values()),
        by_label=by_label,
        highest=max((row.mentions for row in rows), default=1),
        network=figures.network(sizes, captions, _strongest(common, rows)),
        map=figures.world({k: tuple(at) for k, at in list(where.items())[:ON_MAP] if at}, sizes, captions),
        unplaced=sum(not at for at in where.values()),
        bars=_bars(corpus.dates, spans),
        undated=corpus.dates.count(""),
        pairs_left=max(0, len(common) - PAIRS),
        left=left,
        left_mentions=sum(row.mentions for row in left),
        most=most,
        unread=unread,
        version=__version__,
        today=date.today().isoformat(),
        data=look.json_block(data),
        width=figures.WIDTH,
        hashes={name: _hash(source) for name, source in sources.items()},
        sources=sources,
    )
    return encodable(html.translate(_NOT_HTML))


_NOT_HTML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF), "\ufffd")


def fair(found: Sequence[int], each: int, total: int) -> int:
    """The most mentions that every name may have, at most `each`, so that all together have no more than `total`.

    >>> fair([100, 5, 1], 50, 1000), fair([100, 5, 1], 50, 16), fair([3, 3], 50, 4)
    (50, 10, 2)
    """
    counts = Counter(found)
    names, used, most = len(found), 0, 0
    while most < each and names and used + names <= total:
        used, most = used + names, most + 1
        names -= counts[most]
    return each if not names else most


def _mentions(corpus: Corpus, keys: Sequence[Key], shown: Mapping[Key, Sequence[Mention]]) -> dict[str, Any]:
    """The names with their mentions; sentences and texts stand once each, offsets count UTF-16 as scripts do."""
    sentences: dict[tuple[int, str], int] = {}
    documents: dict[int, int] = {}
    names: list[dict[str, Any]] = []
    for key in keys:
        row, places = corpus.counts[key], []
        for mention in shown[key]:
            document = documents.setdefault(mention.document, len(documents))
            sentence = sentences.setdefault((document, mention.sentence), len(sentences))
            places += [sentence, _units(mention.sentence[: mention.start]), _units(mention.sentence[: mention.end])]
        names.append(
            {
                "name": row.name,
                "label": row.label,
                "mentions": row.mentions,
                "documents": row.documents,
                "id": corpus.names[key].kb or (row.id if row.listed else ""),
                "forms": row.forms,
                "places": places,
            }
        )
    texts = [[corpus.titles[document], corpus.dates[document]] for document in documents]
    return {"names": names, "sentences": [list(pair) for pair in sentences], "texts": texts}


def _units(text: str) -> int:
    """The length of a text in UTF-16."""
    return len(text) + sum(c > "\uffff" for c in text)


def _friends(pairs: Sequence[tuple[tuple[int, int], int]], names: int) -> list[list[list[int]]]:
    """For each name those it appears with most, and in how many texts."""
    friends: list[list[list[int]]] = [[] for _ in range(names)]
    for pair, number in pairs:
        for one, other in (pair, pair[::-1]):
            if len(friends[one]) < WITH:
                friends[one].append([other, number])
    return friends


def _strongest(pairs: Sequence[tuple[tuple[int, int], int]], rows: Sequence[EntityCount]) -> dict[tuple[int, int], int]:
    """The pairs of a picture: the most frequent ones without places, which everyone appears with."""
    nodes: set[int] = set()
    chosen: dict[tuple[int, int], int] = {}
    for pair, number in pairs:
        if len(chosen) < EDGES and not any(rows[k].label in PLACES for k in pair) and len(nodes | set(pair)) <= NODES:
            nodes.update(pair)
            chosen[pair] = number
    return chosen


def _times(corpus: Corpus, documents: Sequence[int], spans: Sequence[str]) -> list[int]:
    """In how many texts of each period a name is: the place of the period and the number, alternately."""
    if not spans:
        return []
    places = {span: k for k, span in enumerate(spans)}
    length = len(spans[0])
    seen = Counter(places[corpus.dates[d][:length]] for d in documents if corpus.dates[d])
    return [number for pair in sorted(seen.items()) for number in pair]


def _bars(dates: Sequence[str], spans: Sequence[str]) -> dict[str, Any]:
    """How many texts each period has."""
    length = len(spans[0]) if spans else 0
    seen = Counter(day[:length] for day in dates if day)
    values = [seen[span] for span in spans]
    most = max(values, default=0)
    return {"spans": spans, "values": values, "most": most, "ticks": figures.ticks(most) if most else []}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _hash(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"
