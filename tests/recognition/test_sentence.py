"""Where a sentence begins: in the rows every capitalised word that begins one has a ^ before it, and no other."""

import pytest

import turkmen_ner
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.text import Text

LEXICON = Lexicon(compile(Patterns()))
ROWS = [
    "^Ol Aşgabatda. ^Soň Maryda! ^Kim Tejende? ^Hiç… ^Kim",
    "^Ol geldi.\n^Soň\n\n^Gitdi",
    "^Ol: «^Men Aman» diýdi. “^Hawa”",
    "«^Hawa, geleris.» ^Bereket gelsin. «^Gel!» ^Soň «^Git» Aman",
    "“^Geldi.” ^Soň, «^Geldi» Aman",
    "- ^Hawa, - Ol aýtdy".replace("- Ol", "- ^Ol"),
    "^Merw - Gala, Gökdepe – Gala, Ahal — Welaýat",
    # lists
    "1) ^Bereket 2) ^Bereket; 3) ^Bereket",
    "a) ^Bereket, b) ^Bereket\nç) ^Bereket",
    "1. ^Bereket gelsin\n12. ^Ýagyş",
    "[1] ^Bereket [2] Aman. [3] ^Soň",
    "(a) ^Bereket. (12) ^Suw",
    "№1 ^Bereket",
    "• ^Bereket\n▪ ^Suw\n* ^Ýer\n– ^Gök\n+ ^Howa",
    "- [ ] ^Bereket\n- [x] ^Suw",
    "^Ol (Bereket) geldi, [Aman] hem",
    "^Mary (etrap, 12) Bereket",
    "^Aman (1991) Bereket",
    "^Sanaw: ^Aman; ^Batyr; ^Maral",
    # times and numbers
    "12:30 ^Habarlar\n21.00 ^Bereket",
    "^Sagat 12:30 Bereket",
    "5 ^Bereket\nOl 5 Bereket".replace("Ol", "^Ol"),
    # Markdown, tables, mail
    "# ^Surat\n## ^Bereket\n> ^Suw\n>> ^Ýer",
    "**^Bereket** gelsin __^Aman__".replace("__^Aman__", "__Aman__"),
    "> **^Bereket** gelsin",
    "| ^Surat | ^Bahasy |",
    # HTML
    "<p>^Toý</p><p>^Sebitde howa Gowy",
    "<br>^Bereket<br/>^Suw<BR />^Ýer",
    '<a href="#" class="uly">^Bereket</a> Aman <b>Maral</b> <i>Suw</i>',
    '<td class="uly">^Bereket</td><td>^Suw</td>',
    "&lt;p&gt;^Bereket",
    "&nbsp;^Bereket geldi.&nbsp;^Suw Aman&nbsp;Maral",
    "&quot;^Bereket&quot; Aman",
    "^Ol <Aman> Maral, 5 > Bereket",
    # emoji
    "✅ ^Şatlyk\n⚽️ ^Futbol 👍🏽 ^Gowy",
    "^Toý boldy 😀 ^Bereket gelsin",
    "^Men 5% Bereket, Aman & Batyr, A/B Maral",
]


@pytest.mark.parametrize("row", ROWS)
def test_where_a_sentence_begins(row):
    text = Text(LEXICON, row.replace("^", ""))
    shown, at = "", 0
    for i, word in enumerate(text.words):
        start, end = text.span(i, i + 1)
        mark = "^" if word.upper and text.starts_sentence(i) else ""
        shown, at = shown + text.text[at:start] + mark + word.raw, end
    assert shown + text.text[at:] == row


@pytest.mark.parametrize(
    "mark", ["", "<p>", "# ", "1) ", "[1] ", "✅ ", "21:00 ", "| ", "&nbsp;", "**", "«Hawa.» ", "- "]
)
@pytest.mark.parametrize("text", ["Bereket gelsin.", "Derýanyň suwy köp.", "Galkynyş eýýamy barada gepleşik."])
def test_a_common_word_is_no_name_after_a_mark(mark, text):
    assert [e.text for e in turkmen_ner.tag(mark + text)] == []


@pytest.mark.parametrize("mark", ["<p>", "# ", "1) ", "[1] ", "✅ ", "21:00 ", "| ", "&nbsp;", "**", "«Hawa.» ", "- "])
def test_a_name_is_found_after_a_mark(mark):
    found = turkmen_ner.tag(f"{mark}Serdar Orazow Aşgabada geldi.")
    assert [(e.text, e.label) for e in found] == [("Serdar Orazow", "PERSON"), ("Aşgabada", "CITY")]


def test_a_long_tag_is_read_in_steps_that_end():
    text = Text(LEXICON, "<" * 5000 + ">" * 5000 + " Bereket" + ")" * 5000 + " Aman")
    assert [text.starts_sentence(i) for i, word in enumerate(text.words) if word.upper] == [False, False]
