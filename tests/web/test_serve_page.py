"""The page of `turkmen-ner serve` in a Chromium: read, clicked, and used by keyboard alone."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

import turkmen_ner
from turkmen_ner.web import look

TEXT = "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi. Bu barada sözçi Nurdan Weliçko aýtdy. 𐐀 Weliçko TDH-da."
STRANGE = '<script>document.title = "run"</script> <b>Bengazide</b> \u202eHaftar\u202c &amp; \u200f Aşgabatda.'

FOREIGN = """<!DOCTYPE html><iframe src="ADDRESS"></iframe><script>
const headers = {"Content-Type": "application/json"};
const tagged = fetch("ADDRESStag", {method: "POST", headers, body: '{"text": "Mary"}'});
const read = fetch("ADDRESShealth");
Promise.all([tagged, read].map(asked => asked.then(answer => answer.text(), () => "refused")))
  .then(all => { window.answers = all; });
</script>"""
MARKS = (
    """[...document.querySelectorAll("#marked mark")].map(m => [m.querySelector("bdi").textContent, m.dataset.label])"""
)


@pytest.fixture
def page(service: Any, browser: Any) -> Iterator[Any]:
    opened = browser.open(service.address)
    yield opened
    try:
        assert opened.complaints() == []
        asked = opened.requests()
        assert [address for address in asked if not address.startswith((service.address, "blob:"))] == []
    finally:
        opened.close()


def paste(page: Any, text: str) -> None:
    """Put a text into the field, which has the focus, and wait until its names are shown."""
    page.evaluate("document.querySelector('#text').select()")
    page.type(text)
    number = len(turkmen_ner.tag(text))
    page.wait("document.querySelector('#marked').textContent")
    page.wait(f"document.querySelectorAll('#marked mark').length === {number}")


def pairs(text: str, entities: Any = None) -> list[list[str]]:
    return [[e.text, e.label] for e in (turkmen_ner.tag(text) if entities is None else entities)]


def test_a_text_is_pasted_and_its_names_appear(page: Any) -> None:
    assert page.evaluate("document.activeElement.id") == "text"
    paste(page, TEXT)
    assert page.evaluate(MARKS) == pairs(TEXT)
    rows = page.evaluate(
        "[...document.querySelectorAll('#table tbody tr')].map(r => [...r.cells].map(c => c.innerText))"
    )
    found = turkmen_ner.tag(TEXT)
    assert [row[:2] for row in rows] == [[e.text, e.name] for e in found]
    assert rows[1][2:4] == ["City", "Locative"]
    assert page.evaluate("document.querySelector('#status').innerText") == f"Names: {len(found)}"
    parts = page.evaluate("[...document.querySelectorAll('#marked')].map(m => { const c = m.cloneNode(true);"
                          "c.querySelectorAll('.tag').forEach(t => t.remove()); return c.textContent; })")  # fmt: skip
    assert parts == [TEXT]


def test_names_are_coloured_as_one_types(page: Any) -> None:
    for letters in ("Ol Bengaz", "ide bo", "ldy."):
        page.type(letters)
    page.wait("document.querySelector('#marked mark')")
    assert page.evaluate(MARKS) == [["Bengazide", "CITY"]]


def test_a_click_says_why(page: Any) -> None:
    paste(page, TEXT)
    page.click("#marked mark:nth-of-type(4)")
    page.wait("document.querySelector('#reasons dl')")
    said = page.evaluate("document.querySelector('#why').innerText")
    decision = next(d for d in turkmen_ner.explain(TEXT).found if d.text == "Nurdan Weliçko")
    assert decision.why in said
    assert all(reason.rule in said and reason.source in said for reason in decision.reasons)
    assert page.evaluate("document.querySelector('#why-title').innerText") == "Why? Nurdan Weliçko"
    page.click("#close")
    assert page.evaluate("document.querySelector('#why').hidden")


def test_by_keyboard_alone(page: Any) -> None:
    page.type(TEXT)
    page.wait("document.querySelector('#marked mark')")
    page.press("Tab")
    assert page.evaluate("document.activeElement.innerText").startswith("Ibrahim Kalyn")
    page.press("ArrowRight")
    page.press("ArrowRight")
    page.press("ArrowLeft")
    assert page.evaluate("document.activeElement.innerText").startswith("Bengazide")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "false"
    page.press("Enter")
    page.wait("document.querySelector('#reasons dl')")
    assert page.evaluate("document.activeElement.id") == "why"
    page.press("Escape")
    assert page.evaluate("[document.activeElement.tagName, document.querySelector('#why').hidden]") == ["MARK", True]
    page.press("End")
    assert page.evaluate("document.activeElement.innerText").startswith("TDH-da")
    for _ in range(9):  # the labels, the score, then the downloads
        page.press("Tab")
        if page.evaluate("document.activeElement.value") == "PERSON":
            page.press(" ")
    assert page.evaluate(MARKS) == [pair for pair in pairs(TEXT) if pair[1] != "PERSON"]
    assert page.evaluate("document.activeElement.id") == "csv"


def test_what_a_screen_reader_is_told(page: Any) -> None:
    paste(page, TEXT)
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    told = {(n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if not n.get("ignored")}
    city = next(e for e in turkmen_ner.tag(TEXT) if e.text == "Bengazide")
    assert ("button", f"Bengazide, City, Bengazi, {city.score:.2f}") in told
    assert {("textbox", "Text"), ("region", "Names"), ("button", "Clear"), ("table", "Names")} <= told
    assert ("checkbox", "Person 4") in told
    assert ("status", "") in told
    assert not {name for role, name in told if role in ("button", "link", "combobox", "checkbox") and not name}


def test_labels_are_filtered(page: Any) -> None:
    paste(page, TEXT)
    page.click("#labels input[value=CITY]")
    left = [pair for pair in pairs(TEXT) if pair[1] != "CITY"]
    assert page.evaluate(MARKS) == left
    assert page.evaluate("document.querySelectorAll('#table tbody tr').length") == len(left)
    assert page.evaluate("document.querySelector('#status').innerText") == f"Names: {len(left)} of {len(left) + 1}"


def test_a_least_score(page: Any) -> None:
    """Shown where names have a score: here each has a tenth more than the one before."""
    if "score" not in turkmen_ner.tag(TEXT).to_dicts()[0]:
        assert page.evaluate("document.querySelector('#least-row').hidden")
        page.evaluate("""window.fetch = (original => async (...given) => {
          const value = await (await original(...given)).json();
          value.entities?.forEach((e, k) => { e.score = (k + 1) / 10; });
          return new Response(JSON.stringify(value));
        })(fetch)""")
    paste(page, TEXT)
    assert not page.evaluate("document.querySelector('#least-row').hidden")
    scores = page.evaluate("[...document.querySelectorAll('#table tbody tr')].map(r => r.cells[4].innerText)")
    assert all(re.fullmatch(r"[01]\.\d\d", score) for score in scores)
    for _ in range(10):
        page.evaluate("document.querySelector('#least').focus()")
        page.press("ArrowRight")
    assert page.evaluate("document.querySelector('#least-value').innerText") == "0.50"
    left = [pair for pair, score in zip(pairs(TEXT), scores, strict=True) if float(score) >= 0.5]
    assert page.evaluate(MARKS) == left


def test_downloads(page: Any, tmp_path: Any) -> None:
    """What is saved is what is shown, and the library reads it."""
    page.evaluate("""(() => { window.saved = []; const make = URL.createObjectURL;
      URL.createObjectURL = blob => {
        blob.text().then(text => saved.push(text));
        return make.call(URL, blob);
      }; })()""")
    paste(page, TEXT)
    page.click("#labels input[value=CITY]")
    page.click("#json")
    page.wait("saved.length === 1")
    page.click("#csv")
    page.wait("saved.length === 2")
    saved_json, saved_csv = page.evaluate("saved")
    wanted = [e for e in turkmen_ner.tag(TEXT) if e.label != "CITY"]
    path = tmp_path / "names.json"
    path.write_text(saved_json, encoding="utf8")
    (read,) = turkmen_ner.formats.read(path, "json")
    assert (read.text, list(read)) == (TEXT, wanted)
    table = list(csv.DictReader(io.StringIO(saved_csv)))
    assert [(row["text"], row["label"]) for row in table] == [(e.text, e.label) for e in wanted]


def test_strange_texts_show_as_text(page: Any) -> None:
    paste(page, STRANGE)
    assert page.evaluate("document.title") == "Names in a Turkmen text"
    assert page.evaluate("document.querySelector('#marked').querySelectorAll('script, b').length") == 0
    shown = page.evaluate("document.querySelector('#marked').textContent")
    assert "<script>document.title" in shown
    assert not re.search("[\u202a-\u202e\u200e\u200f]", shown)
    assert page.evaluate(MARKS) == pairs(STRANGE)
    page.evaluate("document.querySelector('#text').value = 'Ol \\ud800 Bengazide, \\udc00 Aşgabatda boldy.';"
                  "document.querySelector('#text').dispatchEvent(new Event('input'))")  # fmt: skip
    page.wait("document.querySelector('#marked').textContent.startsWith('Ol \\ufffd')")
    assert page.evaluate(MARKS) == [["Bengazide", "CITY"], ["Aşgabatda", "CITY"]]


def test_too_much_text_is_refused_with_a_sentence(page: Any) -> None:
    page.type("a" * 5_000_000)
    page.wait("document.querySelector('#status').innerText")
    said = "document.querySelector('#status').innerText"
    assert page.evaluate(said) == "5,000,000 characters are too many, at most 500,000."
    assert page.evaluate("document.querySelector('#text').value") == ""
    page.type("Ol Mara bardy. " * 40_000)
    page.wait(f"{said}.startsWith('600,000')")
    assert page.evaluate(said) == "600,000 characters are too many, at most 500,000."
    paste(page, TEXT)


@pytest.mark.parametrize("language", look.LANGUAGES)
def test_languages(page: Any, language: str) -> None:
    paste(page, TEXT)
    page.evaluate(f"(() => {{ const s = document.querySelector('#language'); s.value = '{language}';"
                  "s.dispatchEvent(new Event('change')); })()")  # fmt: skip
    words = look.words()[language]
    assert page.evaluate("[document.title, document.documentElement.lang]") == [words["title"], language]
    assert page.evaluate("document.querySelector('#marked mark .tag').textContent") == words["label.PERSON"].upper()
    assert words["label.CITY"] in page.evaluate("document.querySelector('#labels').innerText")
    assert page.evaluate(MARKS) == pairs(TEXT)
    page.evaluate("document.querySelector('#language').value = 'en';"
                  "document.querySelector('#language').dispatchEvent(new Event('change'))")  # fmt: skip


def test_languages_have_the_same_words() -> None:
    one, *others = look.words().values()
    assert all(set(other) == set(one) for other in others)
    for key in one:
        wanted = set(re.findall(r"\{\w+\}", one[key]))
        assert all(set(re.findall(r"\{\w+\}", other[key])) == wanted for other in others), key


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_everything_can_be_read(service: Any, browser: Any, contrasts: Any, dark: bool, width: int) -> None:
    page = browser.open(service.address, width=width, dark=dark)
    paste(page, TEXT)
    page.click("#marked mark")
    page.wait("document.querySelector('#reasons dl')")
    seen = contrasts(page)
    assert len(seen) > 40
    assert [(text, ratio) for text, ratio in seen if ratio < 4.5] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_the_theme_can_be_chosen(page: Any) -> None:
    for theme, scheme in (("dark", "dark"), ("light", "light"), ("auto", "light dark")):
        page.evaluate(f"(() => {{ const s = document.querySelector('#theme'); s.value = '{theme}';"
                      "s.dispatchEvent(new Event('change')); })()")  # fmt: skip
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == scheme


def test_the_look_is_that_of_a_notebook_and_of_the_export(page: Any, browser: Any, tmp_path: Any) -> None:
    """Marks have one colour, shape and ink wherever they are shown; their words in English are the labels."""
    paste(page, TEXT)
    style = """[...document.querySelectorAll("mark")].map(m => { const s = getComputedStyle(m);
      const shown = m.innerText.replace(/\\s+/g, " ").trim();
      return [shown, s.backgroundColor, s.color, s.padding, s.borderRadius, s.fontSize]; })"""
    served = page.evaluate(style)
    export = tmp_path / "export.html"
    export.write_text(turkmen_ner.tag(TEXT).to_html(page=True), encoding="utf8")
    other = browser.open(export.as_uri())
    assert other.evaluate(style) == served
    look_of_page = "(s => [s.backgroundColor, s.color, s.fontFamily.split(',')[0]])(getComputedStyle(document.body))"
    assert other.evaluate(look_of_page) == page.evaluate(look_of_page)
    other.close()


def test_the_service_page_opens(service: Any, browser: Any, contrasts: Any) -> None:
    page = browser.open(service.address + "docs", width=360, dark=True)
    assert page.complaints() == []
    assert [(text, ratio) for text, ratio in contrasts(page) if ratio < 4.5] == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.close()


def test_a_page_elsewhere_reaches_nothing(service: Any, browser: Any, tmp_path: Any) -> None:
    """A page of another origin, here a file, gets no answer, be it by a request or in a frame."""
    foreign = tmp_path / "foreign.html"
    foreign.write_text(FOREIGN.replace("ADDRESS", service.address), encoding="utf8")
    page = browser.open(foreign.as_uri())
    page.wait("window.answers")
    assert page.evaluate("answers") == ["refused", "refused"]
    assert page.evaluate("document.querySelector('iframe').contentDocument === null")
    page.close()
