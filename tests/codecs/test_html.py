"""HTML: readable marks, nothing unescaped."""

import io

import pytest
from tagged_texts import WITH_MARY, written

from turkmen_ner import Entity, TaggedText, formats
from turkmen_ner.codecs.html import COLORS, DARK, INK, LIGHT, OTHER, STYLE


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours by WCAG 2."""

    def luminance(color: str) -> float:
        parts = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("ground", sorted({*COLORS.values(), OTHER}))
def test_marks_are_readable(ground):
    assert contrast(INK, ground) >= 4.5
    html = TaggedText.of(
        "Mara", [Entity("Mara", next((k for k, v in COLORS.items() if v == ground), "MEKDEP"), 0, 4)]
    ).to_html()
    assert f"background: {ground}; color: {INK}" in html


def test_pages_are_readable_in_light_and_dark():
    assert contrast(*LIGHT) >= 4.5
    assert contrast(*DARK) >= 4.5
    before, after = STYLE.split("@media (prefers-color-scheme: dark)")
    assert all(color in before for color in LIGHT)
    assert all(color in after for color in DARK)
    page = WITH_MARY.to_html(page=True)
    assert STYLE in page
    assert '<meta charset="utf-8">' in page


def test_every_label_of_ours_has_a_colour():
    from turkmen_ner.patterns.reader import LABELS
    from turkmen_ner.pipeline.component import SCHEMES

    assert {*LABELS, *SCHEMES["ontonotes"].values(), *SCHEMES["conll"].values()} == set(COLORS)


def test_html_escapes_labels_names_and_titles():
    evil = "<script>\"'{}&"
    tagged = TaggedText.of("Mara", [Entity("Mara", evil, 0, 4, name=evil, id=evil)])
    html = tagged.to_html()
    assert "<script" not in html
    assert "&lt;script&gt;&quot;&#x27;{}&amp;</span>" in html
    page = written(TaggedText.of("", []), "html")
    assert "<h2>a.txt</h2>" in page
    out = io.StringIO()
    formats.write([tagged], "html", out, names=["<script>"])
    assert "<script" not in out.getvalue()


def test_html_shows_base_form_and_id_under_the_pointer():
    assert 'title="Mary · Dat · geonames:1"' in WITH_MARY.to_html()
