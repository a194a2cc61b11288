"""Entities marked in a text as HTML, by displaCy: readable on light and dark pages, and whatever colours one sees."""

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from spacy import displacy

from turkmen_ner.entity import Entity, NamedText

# Okabe and Ito's palette, lightened: distinct with any kind of colour vision, and INK readable on each.
COLORS = {
    "PERSON": "#f2c14e", "CITY": "#8ecae6", "COUNTRY": "#7fd1ae",
    "REGION": "#d3e8a2", "BODY": "#f4a6c0", "SHIP": "#cdb4db",
    "PER": "#f2c14e", "GPE": "#8ecae6", "LOC": "#d3e8a2", "ORG": "#f4a6c0", "PRODUCT": "#cdb4db", "MISC": "#cdb4db",
}  # fmt: skip
OTHER = "#dddddd"  # labels of the user
INK = "#1a1a1a"  # of a mark, on any page
LIGHT, DARK = ("#ffffff", "#1a1a1a"), ("#16181d", "#e8e8e8")  # a page: background and text

MARK = (
    '<mark class="entity" title="{title}" style="background: {bg}; color: ' + INK + "; padding: 0.2em 0.4em; "
    'border-radius: 0.35em; box-decoration-break: clone; unicode-bidi: isolate">'
    '<span dir="auto" style="unicode-bidi: isolate">{text}</span>'
    '<span style="font-size: 0.75em; font-weight: bold; margin-left: 0.5em; user-select: none; '
    'unicode-bidi: isolate">{label}</span></mark>'
)
STYLE = f"""\
:root {{ color-scheme: light dark }}
body {{ background: {LIGHT[0]}; color: {LIGHT[1]}; font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; \
max-width: 50rem; padding: 0 1rem }}
@media (prefers-color-scheme: dark) {{ body {{ background: {DARK[0]}; color: {DARK[1]} }} }}"""
HEAD = f"""\
<!DOCTYPE html>
<html lang="tk">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>turkmen_ner</title>
<style>
{STYLE}
</style>
</head>
<body>
"""
FOOT = "</body>\n</html>\n"

_NOT_HTML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def to_html(text: str, entities: Iterable[Entity], *, page: bool = False) -> str:
    """The text with its entities marked; the label follows each, base form and id show under the pointer.

    Lines and spaces are kept. What no HTML may hold (control characters, lone surrogates) shows as U+FFFD.

    text (str): Any text. entities (iterable of Entity): In order and without overlaps. page (bool): A whole page.
    """
    shown = _NOT_HTML.sub("\ufffd", text.replace("\r\n", " \n").replace("\r", "\n"))
    ents, colors = [], {}
    for e in entities:
        label = escape(_NOT_HTML.sub("\ufffd", e.label))
        title = escape(_NOT_HTML.sub("\ufffd", " · ".join(filter(None, (e.name, e.case, e.kb or e.id)))))
        colors[label] = COLORS.get(e.label, OTHER)
        ents.append({"start": e.start, "end": e.end, "label": label, "params": {"title": title}})
    document: dict[str, Any] = {"text": shown, "ents": ents, "title": None, "settings": {"lang": "tk"}}
    options = {"colors": colors, "template": MARK}
    marked = displacy.render(document, style="ent", manual=True, page=False, jupyter=False, options=options)
    block = f'<div lang="tk" dir="auto" style="white-space: pre-wrap; overflow-wrap: anywhere">{marked.strip()}</div>\n'
    return HEAD + block + FOOT if page else block


def write(found: Iterable[NamedText]) -> Iterator[str]:
    """One page of many texts, each under its name."""
    yield HEAD
    for name, text, entities in found:
        if name:
            yield f"<h2>{escape(_NOT_HTML.sub(chr(0xFFFD), name))}</h2>\n"
        yield to_html(text, entities)
    yield FOOT
