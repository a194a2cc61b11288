"""The pictures of a report, as numbers for SVG: a network, a map, bars over time. Nothing is drawn by the browser."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import networkx

WIDTH, HEIGHT = 960, 600  # of a network or map, in units of its SVG
LETTER = 7.2  # width of a letter of a caption
LINE = 15  # height of one
LARGEST = 16.0  # radius of the most mentioned

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Caption(NamedTuple):
    """A text beside a point. anchor (str): start, middle or end."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """A name in a picture. place (int): Which name. caption (Caption): None where there is no room for it."""

    place: int
    x: float
    y: float
    radius: float
    caption: Caption | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Points and lines, with what stands behind them. degrees: Captions of a graticule. towns: A path of dots."""

    points: list[Point]
    lines: list[Line]
    grid: list[Line]
    degrees: list[Caption]
    towns: str = ""
    height: float = HEIGHT


def network(sizes: Mapping[int, int], texts: Mapping[int, str], pairs: Mapping[tuple[int, int], int]) -> Picture:
    """Names that appear together, near each other.

    sizes (dict): The mentions of each name. texts (dict): What stands beside it. pairs (dict): How often two appear
        together.
    """
    graph = networkx.Graph()
    graph.add_weighted_edges_from((one, other, math.sqrt(number)) for (one, other), number in sorted(pairs.items()))
    if not graph:
        return Picture([], [], [], [])
    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places: dict[int, tuple[float, float]] = {}
    for part, room in zip(parts, _rooms([len(part) for part in parts], (0, 0, WIDTH, HEIGHT)), strict=True):
        spread = networkx.spring_layout(
            graph.subgraph(sorted(part)), seed=1, k=3 / math.sqrt(len(part)), iterations=200
        )
        places |= _fitted({node: (float(x), float(y)) for node, (x, y) in spread.items()}, room)
    lines = [
        Line(*places[one], *places[other], round(min(8.0, 1.2 * math.sqrt(number)), 2))
        for (one, other), number in sorted(pairs.items(), key=lambda pair: pair[1])
    ]
    return Picture(_points(places, sizes, texts, always=True), lines, [], [])


def world(
    coordinates: Mapping[int, tuple[float, float]], sizes: Mapping[int, int], texts: Mapping[int, str]
) -> Picture:
    """Places on a map: equirectangular, with the middle parallel in its true length.

    coordinates (dict): Latitude and longitude of each name.
    """
    if not coordinates:
        return Picture([], [], [], [])
    south, north = _range((north for north, _ in coordinates.values()), least=10, most=(-85, 85))
    west, east = _range((east for _, east in coordinates.values()), least=18, most=(-180, 180))
    narrow = math.cos(math.radians((south + north) / 2))
    scale = min(WIDTH / ((east - west) * narrow), HEIGHT / (north - south))
    center_x, center_y = (west + east) / 2, (south + north) / 2
    height = round((north - south) * scale, 1)

    def place(latitude: float, longitude: float) -> tuple[float, float]:
        x = WIDTH / 2 + (longitude - center_x) * narrow * scale
        return round(x, 1), round(height / 2 - (latitude - center_y) * scale, 1)

    step = next(step for step in (1, 2, 5, 10, 15, 30, 60) if HEIGHT / (step * scale) <= 8 or step == 60)
    grid, degrees = [], []
    for longitude in range(-180, 181, step):
        x = place(0, longitude)[0]
        if 0 < x < WIDTH - 20:
            grid.append(Line(x, 0, x, height, 1))
            degrees.append(Caption(x + 3, height - 5, "start", _degree(longitude, "E", "W")))
    for latitude in range(-90, 91, step):
        y = place(latitude, 0)[1]
        if LINE < y < height - LINE:
            grid.append(Line(0, y, WIDTH, y, 1))
            degrees.append(Caption(4, y - 3, "start", _degree(latitude, "N", "S")))
    dots = (place(*town) for town in gazetteer()["towns"])
    towns = "".join(f"M{x:g} {y:g}h0" for x, y in dots if 0 <= x <= WIDTH and 0 <= y <= height)
    points = _points({name: place(*where) for name, where in coordinates.items()}, sizes, texts)
    return Picture(points, [], grid, degrees, towns, height)


@cache
def gazetteer() -> dict[str, Any]:
    """Latitude and longitude of listed places by outside id, and those of large towns: data/coordinates.json."""
    found: dict[str, Any] = json.loads((files("turkmen_ner") / "data" / "coordinates.json").read_text(encoding="utf8"))
    return found


def ticks(most: int) -> list[int]:
    """Round numbers up to the height of the highest bar, for the lines behind bars.

    >>> ticks(7), ticks(95), ticks(1)
    ([2, 4, 6], [20, 40, 60, 80], [1])
    """
    power = 10 ** max(0, len(str(most)) - 1)
    step = next(step for step in (power // 5, power // 2, power, 2 * power, 5 * power) if step and most // step <= 5)
    return list(range(step, most + 1, step))


def _range(values: Iterable[float], *, least: float, most: tuple[float, float]) -> tuple[float, float]:
    """From the least to the greatest value with a margin; at least so wide."""
    given = list(values)
    low, high = min(given), max(given)
    margin = max(0.08 * (high - low), (least - (high - low)) / 2, 1.5)
    return max(most[0], low - margin), min(most[1], high + margin)


def _degree(value: int, positive: str, negative: str) -> str:
    return f"{abs(value)}°{positive if value > 0 else negative if value else ''}"


def _rooms(sizes: Sequence[int], room: Box) -> list[Box]:
    """A rectangle cut into one for each size, in proportion: in two across its longer side, again and again."""
    if len(sizes) < 2:
        return [room]
    half = 1
    while half < len(sizes) - 1 and 2 * sum(sizes[:half]) < sum(sizes):
        half += 1
    share = sum(sizes[:half]) / sum(sizes)
    left, top, right, bottom = room
    if right - left > bottom - top:
        cut = left + share * (right - left)
        first, second = (left, top, cut, bottom), (cut, top, right, bottom)
    else:
        cut = top + share * (bottom - top)
        first, second = (left, top, right, cut), (left, cut, right, bottom)
    return _rooms(sizes[:half], first) + _rooms(sizes[half:], second)


def _fitted(places: Mapping[int, tuple[float, float]], room: Box) -> dict[int, tuple[float, float]]:
    """Places stretched to fill a rectangle, with a margin for captions."""

    def stretch(values: Sequence[float], start: float, end: float, margin: float) -> list[float]:
        low, high = min(values), max(values)
        margin = min(margin, (end - start) / 3)
        wide = end - start - 2 * margin
        return [
            round(start + margin + (wide * (v - low) / (high - low) if high > low else wide / 2), 1) for v in values
        ]

    left, top, right, bottom = room
    xs = stretch([x for x, _ in places.values()], left, right, 90)
    ys = stretch([y for _, y in places.values()], top, bottom, 40)
    return dict(zip(places, zip(xs, ys, strict=True), strict=True))


def _points(
    places: Mapping[int, tuple[float, float]],
    sizes: Mapping[int, int],
    texts: Mapping[int, str],
    *,
    always: bool = False,
) -> list[Point]:
    """Points with captions that do not cover each other, the most mentioned first; those without room have none.

    always (bool): Give it the one with least in its way then.
    """
    most = max(sizes[place] for place in places)
    order = sorted(places, key=lambda place: -sizes[place])
    radii = {place: round(max(3.5, LARGEST * math.sqrt(sizes[place] / most)), 1) for place in order}
    boxes = [(x - radii[p], y - radii[p], x + radii[p], y + radii[p]) for p, (x, y) in places.items()]
    points = []
    for place in order:
        x, y = places[place]
        chosen, fewest = None, math.inf
        for caption in _captions(x, y, radii[place], texts[place]):
            box = _box(caption)
            hit = sum(_overlap(box, other) for other in boxes) + 1e6 * (box[0] < 0 or box[2] > WIDTH or box[1] < 0)
            if hit < fewest:
                chosen, fewest = caption, hit
        if chosen is not None and (fewest == 0 or always):
            boxes.append(_box(chosen))
        else:
            chosen = None
        points.append(Point(place, x, y, radii[place], chosen))
    return points


def _captions(x: float, y: float, radius: float, text: str) -> list[Caption]:
    """Where a caption may stand: right, left, below, above."""
    gap = radius + 4
    return [
        Caption(x + gap, y + 4, "start", text),
        Caption(x - gap, y + 4, "end", text),
        Caption(x, y + gap + 10, "middle", text),
        Caption(x, y - gap, "middle", text),
    ]


def _box(caption: Caption) -> Box:
    width = LETTER * len(caption.text)
    left = caption.x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[caption.anchor]
    return left, caption.y - LINE + 4, left + width, caption.y + 4


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0
