"""One look for all pages: the stylesheet with the colours of the labels, the words of the interface, the templates."""

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from turkmen_ner.codecs.html import COLORS, DARK, INK, LIGHT, OTHER

LANGUAGES = {"tk": "Türkmençe", "ru": "Русский", "en": "English"}
ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


@cache
def static(name: str) -> str:
    """A file of web/static. RAISES (FileNotFoundError): If there is none."""
    return (files("turkmen_ner") / "web" / "static" / name).read_text(encoding="utf8")


@cache
def stylesheet() -> str:
    """The one stylesheet. The colours are those of a notebook and of the HTML export."""
    colors = "".join(f"[data-label={label}]{{--mark:{color}}}" for label, color in COLORS.items())
    pairs = {"page": (LIGHT[0], DARK[0]), "text": (LIGHT[1], DARK[1])}
    root = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in pairs.items())
    return f":root{{{root}--ink:{INK};--mark:{OTHER}}}\n{colors}\n{static('style.css')}"


@cache
def words() -> dict[str, dict[str, str]]:
    """The words of the interface in each of LANGUAGES, by the same keys."""
    found: dict[str, dict[str, str]] = json.loads(static("words.json"))
    return found


def word(key: str, **values: object) -> Markup:
    """The words of a key in an element that the page translates. values: Put where the words have {n}, {all}, {most}.

    >>> word("texts.n", n=1200)
    Markup('<span data-word="texts.n" data-n="1200">Texts: 1,200</span>')
    """
    shown = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
    data = Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in values.items())
    return Markup('<span data-word="{}"{}>{}</span>').format(key, data, label(key).format(**shown))


def label(key: str) -> str:
    """The words of a key in English; those of a label or case that is not known are its name."""
    return words()["en"].get(key) or key.partition(".")[2]


def ordered(labels: Iterable[str]) -> list[str]:
    """Labels in the order of the legend, those of users last."""
    order = list(COLORS)
    return sorted(labels, key=lambda label: (order.index(label) if label in order else len(order), label))


def json_block(value: Any) -> str:
    r"""JSON for a `<script type="application/json">`, which nothing in a text can end.

    >>> json_block("</script>")
    '"\\u003c/script\\u003e"'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


@cache
def templates() -> Environment:
    """The templates of web/templates; all that they are given is escaped."""
    made = Environment(
        loader=PackageLoader("turkmen_ner", "web/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(languages=LANGUAGES, word=word, label=label, words_json=Markup(json_block(words())))
    return made
