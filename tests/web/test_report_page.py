"""A report in a Chromium: opened as a file, searched, sorted and followed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import turkmen_ner
from turkmen_ner.cli import app
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.corpus.counts import count

pytest.importorskip("networkx", reason="needs the extra `report`")

SEEDS = sorted((Path(__file__).parent.parent.parent / "seeds").glob("[0-9]*.txt"))
MORE = "Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň <b>sözleri</b> TDH-da çykdy."
run = CliRunner().invoke


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*(strip(path.read_text(encoding="utf8")) for path in SEEDS), MORE]


@pytest.fixture(scope="module")
def address(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("report")
    for k, text in enumerate(texts, start=1):
        (folder / f"2022-{k:02}-01.txt").write_text(text, encoding="utf8")
    done = run(app, ["report", str(folder), "-o", str(folder / "report.html")])
    assert done.exit_code == 0, done.output
    return (folder / "report.html").as_uri()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    opened = browser.open(address)
    opened.wait("document.querySelector('#table tbody tr')")
    yield opened
    try:
        assert opened.complaints() == []
        assert {url.split("#")[0] for url in opened.requests()} == {address}
    finally:
        opened.close()


def rows(page: Any) -> list[list[str]]:
    cells = (
        "[...document.querySelectorAll('#table tbody tr:not(.details)')].map(r => [...r.cells].map(c => c.innerText))"
    )
    return page.evaluate(cells)


def choose(page: Any, name: str, value: str) -> None:
    page.evaluate(f"(() => {{ const s = document.querySelector('#{name}'); s.value = '{value}';"
                  "s.dispatchEvent(new Event('change')); })()")  # fmt: skip


def test_counts_are_those_of_count(page: Any, texts: list[str]) -> None:
    while page.evaluate("!document.querySelector('#more').hidden"):
        page.click("#more")
    words = {
        "PERSON": "Person",
        "CITY": "City",
        "COUNTRY": "Country",
        "REGION": "Region",
        "BODY": "Body",
        "SHIP": "Ship",
    }
    assert [row[:4] for row in rows(page)] == [
        [row.name, words[row.label], str(row.mentions), str(row.documents)] for row in count(texts)
    ]


def test_search_finds_with_and_without_diacritics(page: Any) -> None:
    page.evaluate("document.querySelector('#search').focus()")
    for text in ("Weliçko", "welicko", "WELIÇKONYŇ"):
        page.evaluate("document.querySelector('#search').select()")
        page.type(text)
        assert [row[:2] for row in rows(page)] == [["Nurdan Weliçko", "Person"]], text
        assert page.evaluate("document.querySelector('#status').innerText") == "Found: 1"


def test_every_mention_marks_the_right_characters(page: Any, texts: list[str]) -> None:
    """All names are opened, and what is marked is what `tag` finds."""
    marked = page.evaluate("""(() => {
      const found = [], rows = document.querySelector("#more");
      while (!rows.hidden) rows.click();
      for (let k = 0; document.querySelector(`#n${k}`); k++) {
        document.querySelector(`#n${k} button`).click();
        const details = document.querySelector("tr.details"), more = details.querySelector("button");
        while (!more.hidden) more.click();
        for (const item of details.querySelectorAll(".mentions li")) {
          const sentence = item.querySelector("span");
          const source = item.querySelector(".source").textContent;
          found.push([sentence.querySelector("mark").textContent, sentence.textContent, source]);
        }
      }
      return found;
    })()""")
    assert sorted(mark for mark, _, _ in marked) == sorted(e.text for text in texts for e in turkmen_ner.tag(text))
    for mark, sentence, source in marked:
        number = int(source.split("/")[-1][5:7])
        assert mark in sentence
        assert sentence in texts[number - 1]


def test_labels_are_filtered_and_columns_sorted(page: Any) -> None:
    for label in ("CITY", "COUNTRY", "REGION", "BODY", "SHIP"):
        page.click(f"#labels input[value={label}]")
    assert {row[1] for row in rows(page)} == {"Person"}
    page.click("[data-column=name]")
    names = [row[0] for row in rows(page)]
    assert names == page.evaluate(f"{json.dumps(names)}.sort(new Intl.Collator('tr').compare)")
    assert page.evaluate("document.querySelector('th[aria-sort=ascending]').innerText") == "Name ▲"
    page.click("[data-column=documents]")
    numbers = [int(row[3]) for row in rows(page)]
    assert numbers == sorted(numbers, reverse=True)


def test_by_keyboard_alone(page: Any) -> None:
    page.evaluate("document.querySelector('#search').focus()")
    page.type("Weliçko")
    for _ in range(7 + 5):  # the labels and the columns
        page.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Nurdan Weliçko"
    page.press("Enter")
    assert page.evaluate("document.querySelectorAll('.mentions li').length") == 2
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.press("Enter")
    assert page.evaluate("document.querySelector('.details')") is None


def test_pictures_lead_to_names(page: Any) -> None:
    for section in ("with", "map"):
        link = f"section[aria-labelledby={section}] svg a"
        assert page.evaluate(f"document.querySelectorAll('{link}').length") > 10
        place = page.evaluate(f"document.querySelector('{link}:last-of-type').getAttribute('href')")
        page.click(f"{link}:last-of-type circle")
        page.wait(f"document.querySelector('{place} + .details')")
        assert page.evaluate(f"document.querySelector('{place} button').getAttribute('aria-expanded')") == "true"
    bars = page.evaluate("document.querySelectorAll('section[aria-labelledby=time] .column').length")
    assert bars == len(SEEDS) + 1


def test_a_link_to_a_hidden_name_shows_it(page: Any) -> None:
    page.evaluate("document.querySelector('#search').focus()")
    page.type("no such name")
    assert rows(page) == []
    page.evaluate("location.hash = '#n3'")
    page.wait("document.querySelector('#n3 + .details')")
    assert page.evaluate("document.querySelector('#search').value") == ""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_everything_can_be_read(browser: Any, address: str, contrasts: Any, dark: bool, width: int) -> None:
    page = browser.open(f"{address}#n0", width=width, dark=dark)
    page.wait("document.querySelector('.details')")
    seen = contrasts(page)
    assert len(seen) > 300
    assert [(text, ratio) for text, ratio in seen if ratio < 4.5] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize(("language", "title"), [("tk", "Tekstlerdäki atlar"), ("ru", "Имена в текстах")])
def test_languages(page: Any, language: str, title: str) -> None:
    choose(page, "language", language)
    assert page.evaluate("document.title") == title
    english = {"Mentions", "Label", "Show more", "Who appears with whom", "Person"}
    shown = page.evaluate("document.body.innerText")
    assert [word for word in english if word in shown] == []
    choose(page, "language", "en")
    assert "Who appears with whom" in page.evaluate("document.body.innerText")


def test_names_that_are_code_are_text(browser: Any, tmp_path: Path) -> None:
    evil = "\"><img src=x onerror=\"document.title='run'\">'&<script>document.title='run'</script>"
    name = "Köne<img/src=x/onerror=document.title=1<script>document.title=2</script>"  # is no code to the tagger
    mine = tmp_path / "mine.jsonl"
    text = f"Ol {name} barada.\n\ud800 \u202eMaryda\u202c.\n{evil}"
    mine.write_text(json.dumps({"text": text}), encoding="utf8")
    patterns = tmp_path / "mine.yaml"
    patterns.write_text("label: CITY\npatterns:\n  - " + json.dumps({"id": "evil", "pattern": name}), encoding="utf8")
    out = tmp_path / "report.html"
    done = run(app, ["report", str(mine), "-p", str(patterns), "-o", str(out), "--title", evil])
    assert done.exit_code == 0, done.output
    page = browser.open(f"{out.as_uri()}#n0")
    page.wait("document.querySelector('.details')")
    assert page.evaluate("document.title") == evil
    assert page.evaluate("document.querySelector('h1').textContent") == evil
    assert {row[0] for row in rows(page)} == {name, "Mary"}
    assert page.evaluate("document.querySelector('img')") is None
    assert page.complaints() == []
    page.close()
