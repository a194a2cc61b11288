"""The HTML of tagged texts in a browser: marks are seen and read, on light pages and dark ones; the text is whole."""

import importlib
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import turkmen_ner

TOOLS = Path(__file__).parents[2] / "tools"
if not (TOOLS / "picture.py").exists():
    pytest.skip("needs the tools of the repository", allow_module_level=True)

TEXT = """\
Hakan Fidan «Berkarar» paromy bilen Bakuwa bardy.
  Weliçko: <b>BMG-niň</b> "wekili" Maryda & Tunisde, 'Aşgabada' &amp; Bengazä\tgeldi.

</div><script>document.body.textContent = ""</script> Nurdan Weliçko Liwiýadan."""

# Asks a page for what a reader sees, and leaves the answer in it.
ASK = """<script>
const seen = element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  return {color: style.color, background: style.backgroundColor, width: box.width, height: box.height, top: box.top};
};
const marks = [...document.querySelectorAll("mark.entity")].map(mark => {
  const parts = [...mark.childNodes].filter(node => node.textContent.trim());
  return {...seen(mark), text: parts[0].textContent.trim(), label: parts[1].textContent.trim(), shown: mark.innerText};
});
const host = seen(document.body), copy = document.body.cloneNode(true);
copy.querySelectorAll("mark.entity > span:last-child, script").forEach(element => element.remove());
copy.querySelectorAll("br").forEach(element => element.replaceWith("\\n"));
const answer = document.createElement("pre");
answer.id = "answer";
answer.textContent = JSON.stringify({
  marks, host, text: copy.textContent, scripts: document.scripts.length, encoding: document.characterSet,
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
});
document.body.append(answer);
</script>"""
SCHEMES = {"light": "1", "dark": "0"}


@pytest.fixture(scope="module")
def picture() -> Iterator[Any]:
    """tools/picture.py, which knows how to start a browser."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(TOOLS))
        module = importlib.import_module("picture")
        if module.find() is None:
            pytest.skip("no Chromium is installed")
        yield module


def ask(picture: Any, page: str, scheme: str) -> dict[str, Any]:
    dom = picture.chromium(page + ASK, f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}", "--dump-dom")
    return json.loads(unescape(re.search(r'<pre id="answer">(.*?)</pre>', dom, re.DOTALL)[1]))


def contrast(one: str, other: str) -> float:
    """The contrast of two opaque colours by WCAG 2: 1 for the same colour, 21 for black on white."""

    def luminance(color: str) -> float:
        parts = [float(part) / 255 for part in re.findall(r"[\d.]+", color)]
        assert len(parts) == 3, f"{color} is not opaque"
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def check(found: turkmen_ner.TaggedText, answer: dict[str, Any]) -> None:
    marks = answer["marks"]
    assert len(found) > 5
    assert [(mark["text"], mark["label"]) for mark in marks] == [(e.text, e.label) for e in found]
    for mark in marks:
        assert min(mark["width"], mark["height"]) > 10
        assert "".join(mark["shown"].split()) == "".join(mark["text"].split()) + mark["label"]
        assert contrast(mark["color"], mark["background"]) >= 4.5, mark["text"]
    tops = [mark["top"] for mark in marks]
    assert tops == sorted(tops)
    assert tops[0] < tops[-1]
    assert len({mark["background"] for mark in marks}) == len({e.label for e in found})


@pytest.mark.parametrize("scheme", SCHEMES)
def test_page(picture: Any, scheme: str) -> None:
    found = turkmen_ner.tag(TEXT)
    answer = ask(picture, found.to_html(page=True), scheme)
    check(found, answer)
    assert answer["text"].strip() == TEXT
    assert (answer["scripts"], answer["encoding"], answer["dark"]) == (1, "UTF-8", scheme == "dark")
    host = answer["host"]
    assert contrast(host["color"], host["background"]) >= 7
    assert (contrast(host["background"], "rgb(0, 0, 0)") < 2) == (scheme == "dark")


@pytest.mark.parametrize(("background", "color"), [("#fff", "#000"), ("#111", "#eee")], ids=SCHEMES)
def test_part_of_a_notebook(picture: Any, background: str, color: str) -> None:
    """A notebook puts the HTML into a page of its own, of which we know nothing."""
    found = turkmen_ner.tag(TEXT)
    page = f'<!DOCTYPE html><meta charset="utf-8"><body style="background: {background}; color: {color}">'
    answer = ask(picture, page + found._repr_html_(), "light")
    check(found, answer)
    assert answer["text"].strip() == TEXT


def test_picture_shows_what_is_found(picture: Any, tmp_path: Path) -> None:
    """The picture of the README can be taken again, and has the size of the one that is kept."""
    path = tmp_path / "tagged.png"
    picture.take(turkmen_ner.tag(picture.TEXT).to_html(page=True), path)
    assert path.read_bytes().startswith(b"\x89PNG")
    width = int.from_bytes(path.read_bytes()[16:20], "big")
    assert width == int.from_bytes(picture.PICTURE.read_bytes()[16:20], "big") == picture.WIDTH * picture.SCALE
