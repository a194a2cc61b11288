"""Any text at all: no exception, true offsets, one answer however it is asked for, and work that grows as the text."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from types import FrameType
from typing import Any

import pytest
import spacy
from hostile import BITS, HOSTILE, ROOT, SEEDS, invariants
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

import turkmen_ner
from turkmen_ner import morphology, suffixes, tag, tag_many, vocabulary
from turkmen_ner.api import component
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.lang.tk.tokenizer import LONG, TurkmenTokenizer
from turkmen_ner.morphology.analysis import LONGEST
from turkmen_ner.orthography.alphabet import encodable
from turkmen_ner.orthography.segmentation import segment
from turkmen_ner.patterns.compiler import compile
from turkmen_ner.patterns.pattern_set import Patterns
from turkmen_ner.recognition.lexicon import Lexicon
from turkmen_ner.recognition.overlap import give_way
from turkmen_ner.recognition.text import Text

RULES = [
    {"label": "SHIP", "id": "r.ship", "pattern": [{"IS_TITLE": "true", "OP": "+"}], "after": ["tanker"]},
    {"label": "CITY", "id": "r.city", "pattern": [{"TEXT": {"REGEX": "^[A-ZŞ]"}}], "before": ["şäher"]},
]


@pytest.fixture(scope="module")
def pipelines() -> dict[str, Language]:
    other = spacy.blank("xx")
    other.add_pipe("turkmen_ner", config={"labels": "conll"})
    return {
        "tk": turkmen_ner.load(),
        "lenient": turkmen_ner.load(spelling="lenient", labels="ontonotes"),
        "rules": turkmen_ner.load(patterns=RULES),
        "xx": other,
    }


PIPELINES = ("tk", "lenient", "rules", "xx")
any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
near_text = st.lists(st.one_of(st.sampled_from(BITS), st.text(st.characters(exclude_categories=()), max_size=2)))


# --- the same answer, always ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PIPELINES)
@settings(max_examples=60, deadline=None)
@given(text=any_text)
def test_any_unicode(pipelines, name, text):
    invariants(pipelines[name], text)


@pytest.mark.parametrize("name", PIPELINES)
@settings(max_examples=100, deadline=None)
@given(text=near_text.map("".join))
def test_names_among_any_unicode(pipelines, name, text):
    invariants(pipelines[name], text)


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_texts(pipelines, name, kind):
    invariants(pipelines[name], HOSTILE[kind](500))


SHORT = [make(700) for make in HOSTILE.values()]


def rows(found: Any) -> list[list[dict[str, Any]]]:
    return [one.to_dicts() for one in found]


@pytest.fixture(scope="module")
def alone(pipelines) -> list[list[dict[str, Any]]]:
    return rows(tag(text, nlp=pipelines["tk"]) for text in SHORT)


@pytest.mark.parametrize("batch_size", [1, 7, 1000])
def test_same_in_any_batch(pipelines, alone, batch_size):
    assert rows(tag_many(SHORT, nlp=pipelines["tk"], batch_size=batch_size)) == alone


def test_same_in_processes(pipelines, alone):
    assert rows(tag_many(SHORT, nlp=pipelines["tk"], n_process=2, batch_size=5)) == alone


def test_same_in_threads(pipelines, alone):
    with ThreadPoolExecutor(4) as pool:
        assert rows(pool.map(lambda text: tag(text, nlp=pipelines["tk"]), SHORT)) == alone


def test_same_backwards(pipelines, alone):
    """What a text leaves in the caches changes no other."""
    forget(pipelines["tk"])
    assert rows([tag(text, nlp=pipelines["tk"]) for text in reversed(SHORT)])[::-1] == alone


SEEDED = """
import hashlib, json, sys
sys.path.insert(0, "tests")
from hostile import HOSTILE, SEEDS
import turkmen_ner
texts = [make(400) for make in HOSTILE.values()] + [path.read_text(encoding="utf8") for path in SEEDS[:4]]
lenient = turkmen_ner.load(spelling="lenient")
print(json.dumps([[turkmen_ner.tag(t, nlp=nlp).to_dicts() for t in texts] for nlp in (None, lenient)]))
"""


def test_same_with_any_hash_seed():
    children = [
        subprocess.Popen(
            [sys.executable, "-c", SEEDED], stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("0", "1")
    ]
    shown = [child.communicate()[0] for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert shown[0] == shown[1]
    assert any(json.loads(shown[0])[0])


def test_offsets_are_of_the_text_as_given(pipelines):
    text = "\ufeffOl \ud800Aşgabatda\0, &quot;Mara\u202e\r\nbardy: \udfff\U0001f600 Türkmenistanyň\u200b."
    found = [(e.start, e.text) for e in invariants(pipelines["tk"], text)]
    assert found == [(text.index(name), name) for name in ("Aşgabatda", "Mara", "Türkmenistanyň\u200b")]


@pytest.mark.parametrize("lang", ["tk", "xx"])
def test_a_text_longer_than_the_limit_of_parsers(lang):
    nlp = spacy.blank(lang)
    nlp.add_pipe("turkmen_ner")
    nlp.max_length = 20
    text = "Ol Aşgabatda bardy. " * 10
    for found in (tag(text, nlp=nlp), *tag_many([text], nlp=nlp)):
        assert [e.text for e in found] == [ent.text for ent in found.doc.ents] == ["Aşgabatda"] * 10


# --- work ----------------------------------------------------------------------------------------------------------

SIZE, TIMES, MOST = 3_000, 4, 4.5  # characters; how many times as many; how much more work they may cost


def forget(nlp: Language) -> None:
    """Empty every cache of words."""
    lexicon = component(nlp).tagger.lexicon
    for known in (lexicon._words, lexicon._chunks, lexicon._numbers, lexicon._steps):
        known.clear()
    for function in (morphology._readings, morphology._how_common, suffixes.chains, vocabulary.is_common):
        function.cache_clear()


def lines_run(call: Callable[[], Any]) -> int:
    """How many lines of Python the call runs, each turn of a loop counted."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("name", ["rules", "lenient"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_lines_run_grow_as_the_text(pipelines, kind, name):
    nlp = pipelines[name]
    counts = []
    for size in (SIZE, TIMES * SIZE):
        text = encodable(HOSTILE[kind](size))
        doc = nlp.make_doc(text)
        forget(nlp)
        counts.append(lines_run(lambda doc=doc: component(nlp)(doc)))
    assert counts[1] <= MOST * counts[0], counts


def characters_read(text: str) -> int:
    """How many characters spaCy's tokeniser hands to its rules."""
    tokenizer = spacy.blank("tk").tokenizer
    count = 0

    def counting(rule: Callable[[str], Any]) -> Callable[[str], Any]:
        def counted(string: str) -> Any:
            nonlocal count
            count += len(string)
            return rule(string)

        return counted

    for name in ("prefix_search", "suffix_search", "infix_finditer", "url_match"):
        setattr(tokenizer, name, counting(getattr(tokenizer, name)))
    count = 0
    assert tokenizer(text).text == text
    return count


@pytest.mark.parametrize("kind", HOSTILE)
def test_characters_read_grow_as_the_text(kind):
    few, many = (characters_read(encodable(HOSTILE[kind](size))) for size in (SIZE, TIMES * SIZE))
    assert many <= MOST * few + 2 * LONG * LONG


@contextmanager
def bounded(seconds: int) -> Iterator[None]:
    """Stop what would run for hours. A guard: what it guards needs a hundredth of the time."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("the work grows faster than the text")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.skipif(not hasattr(signal, "ITIMER_PROF"), reason="no timer of processor time on Windows")
@pytest.mark.parametrize("kind", HOSTILE)
def test_cutting_ends(kind):
    """What a regular expression does cannot be counted, but the square of these sizes takes minutes at least."""
    text = HOSTILE[kind](300_000)
    with bounded(20):
        assert "".join(segment(text)) == text


# --- memory --------------------------------------------------------------------------------------------------------


def test_long_words_are_not_remembered(pipelines):
    nlp = pipelines["tk"]
    forget(nlp)
    long = "Aşgabat" * 1000
    assert len(tag("Ol Maryda " + " ".join(long[k:] for k in range(50)), nlp=nlp)) == 1
    lexicon = component(nlp).tagger.lexicon
    assert max(map(len, lexicon._words)) <= LONGEST
    assert max(map(len, lexicon._chunks), default=0) <= LONGEST
    assert morphology._readings.cache_info().currsize + vocabulary.is_common.cache_info().currsize < 20


def test_the_longest_word_is_read(pipelines):
    """Up to LONGEST characters a word is a word: here with hyphens, marks and suffixes."""
    name = "Köneürgenç-" + "Gülälek-" * 20
    text = f"Ol {name[: LONGEST - 2]}de galdy."
    assert [len(word.text) for word in Text(component(pipelines["tk"]).tagger.lexicon, text).words if word.upper]
    assert component(pipelines["tk"]).tagger.lexicon.word("A" + "a" * (LONGEST - 1)).upper
    assert not component(pipelines["tk"]).tagger.lexicon.word("A" + "a" * LONGEST).upper


# --- what the counts above do not see ------------------------------------------------------------------------------


def test_the_text_is_asked_for_once():
    """A tokeniser's document joins its tokens each time it is asked for its text."""
    lexicon = Lexicon(compile(Patterns()))
    given = "Ibrahim  Kalyn  Halife  Haftar"
    asked = []
    made = Text(lexicon, given)
    text = Text.of(
        lexicon,
        made.words,
        made.at,
        made.separators,
        notable=made.notable,
        token=[],
        source=lambda: asked.append(1) or given,
    )
    assert [text.between(i, i + 1) for i in range(3)] == ["Ibrahim  ", "Kalyn  ", "Halife  "]
    assert len(asked) == 1


def test_two_components_of_ours_in_a_row():
    """The rows of the first stay with its entities, found by their place and not by trying all."""
    nlp = spacy.blank("tk")
    nlp.add_pipe("turkmen_ner", name="one", config={"labels": "conll"})
    nlp.add_pipe("turkmen_ner", name="two", config={"existing_ents": "keep"})
    text = "Ol Aşgabatda, Maryda we Ankarada boldy. "
    assert [(e.name, e.label) for e in tag(text, nlp=nlp)] == [("Aşgabat", "LOC"), ("Mary", "LOC"), ("Ankara", "LOC")]
    counts = []
    for times in (20, 80):
        doc = nlp.get_pipe("one")(nlp.make_doc(text * times))
        counts.append(lines_run(lambda doc=doc: nlp.get_pipe("two")(doc)))
    assert counts[1] <= MOST * counts[0]


def test_entities_of_others():
    """Entities that are not ours are looked for among ours by their place."""
    nlp = turkmen_ner.load()
    counts = []
    for times in (20, 80):
        doc = nlp("Ol Aşgabatda, Maryda boldy. " * times)
        wide = [Span(doc, ent.start, ent.end + 1, label="X") for ent in doc.ents]
        doc.set_ents(wide)
        counts.append(lines_run(lambda doc=doc: turkmen_ner.TaggedText(doc)))
    assert counts[1] <= MOST * counts[0]


# --- the tokeniser -------------------------------------------------------------------------------------------------


@example(["a." * 120, " " * 150, " " * 150])
@given(st.lists(st.sampled_from(["a", "«", ".", "-", " ", "  ", "\n", " " * 150, "»" * 150, "a." * 120, "\n" * 250])))
@settings(deadline=None)
def test_long_chunks_leave_the_rest_alone(parts):
    """The tokens around a long chunk are those without it."""
    nlp = spacy.blank("tk")
    text = "".join(parts)
    assert nlp.make_doc(text).text == text
    noise = "«" * (2 * LONG)
    around: Doc = nlp.make_doc(f"Ol geldi, {noise} D.Gulmanowa-da (mln.) bardy.")
    bare = [token.text_with_ws for token in nlp.make_doc("Ol geldi, ")]
    bare += [token.text_with_ws for token in nlp.make_doc("D.Gulmanowa-da (mln.) bardy.")]
    assert [token.text_with_ws for token in around if "«" not in token.text] == bare


def test_the_tokeniser_is_saved_with_the_pipeline(tmp_path):
    nlp = turkmen_ner.load()
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert type(again.tokenizer) is TurkmenTokenizer
    text = strip(SEEDS[0].read_text(encoding="utf8"))
    assert [token.text for token in again(text)] == [token.text for token in nlp(text)]


def test_give_way_looks_by_place():
    nlp = turkmen_ner.load(patterns=RULES)
    tagger = component(nlp).tagger
    counts = []
    for times in (20, 80):
        cut, found = tagger.mentions("Ol Aşgabatda, Maryda boldy. " * times)
        ruled = [m for m in tagger.find(cut) if m.label]
        for mention in ruled[::2]:
            mention.rule = 1
        counts.append(lines_run(lambda found=found, ruled=ruled: give_way(found, ruled)))
    assert counts[1] <= MOST * counts[0]
