"""Threads, processes and memory zones: the answers of a pipeline are those it gives alone."""

import itertools
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import pytest
import spacy
from hostile import SEEDS
from spacy.language import Language

import turkmen_ner
from turkmen_ner import tag, tag_many, vocab_lock
from turkmen_ner.corpus.bracket_notation import strip
from turkmen_ner.pipeline import batches

TEXTS = [line for path in SEEDS for line in strip(path.read_text(encoding="utf8")).splitlines() if line][:80]
OWN = [{"label": "CITY", "id": "own", "pattern": "Kalyn"}, {"label": "SHIP", "id": "other", "pattern": "Bengazi"}]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return turkmen_ner.load()


@pytest.fixture(scope="module")
def alone() -> list[list[dict[str, Any]]]:
    return answers(turkmen_ner.load(), TEXTS)


@pytest.fixture
def switching() -> Iterator[None]:
    """Threads take turns a thousand times as often."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(before)


def answers(nlp: Language | None, texts: list[str]) -> list[list[dict[str, Any]]]:
    return [tag(text, nlp=nlp).to_dicts() for text in texts]


# --- threads -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("switching")
def test_eight_threads_on_a_new_pipeline(alone):
    """Every cache is empty, and all threads fill it at once with the same words."""
    nlp = turkmen_ner.load()
    start = threading.Barrier(8)

    def work(number: int) -> list[list[dict[str, Any]]]:
        start.wait()
        return answers(nlp, TEXTS[::-1])[::-1] if number % 2 else answers(nlp, TEXTS)

    with ThreadPoolExecutor(8) as pool:
        assert all(found == alone for found in pool.map(work, range(8)))


@pytest.mark.usefixtures("switching")
def test_threads_while_a_zone_opens_and_closes(nlp, alone, monkeypatch):
    """The zone of a batch is no zone of what other threads tag meanwhile: their words would be forgotten (E018)."""
    monkeypatch.setattr(batches, "VOCABULARY", 0)
    done = threading.Event()

    def zones() -> None:
        while not done.is_set():
            list(tag_many([f"Söz{k} Awşar{k}da galdy." for k in range(20)], nlp=nlp, batch_size=5))

    def plain(number: int) -> None:
        for k in range(3):
            new = [f"{text} Täze{number}x{k}söz Nyzlap{number}x{k}ow." for text in TEXTS[:20]]
            docs = [nlp(text) for text in new]
            for doc, text in zip(docs, new, strict=True):
                assert doc.text == text
                assert len([token.lemma_ + token.shape_ for token in doc]) == len(doc)
                assert len([ent.label_ + ent.id_ + ent.kb_id_ for ent in doc.ents]) == len(doc.ents)
            assert [one.to_dicts() for one in tag_many(TEXTS[:20], nlp=nlp)] == alone[:20]

    zoned = threading.Thread(target=zones)
    zoned.start()
    try:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(plain, range(3)))
    finally:
        done.set()
        zoned.join()


@pytest.mark.usefixtures("switching")
@pytest.mark.parametrize("language", ["tk", "xx"])
def test_threads_beside_a_zone(language, monkeypatch):
    """Of the caller on a Turkmen pipeline, of `tag_many` on any: no word of another thread is forgotten with it."""
    nlp = spacy.blank(language)
    nlp.add_pipe("turkmen_ner")
    monkeypatch.setattr(batches, "VOCABULARY", 0 if language == "xx" else 10**9)
    done = threading.Event()

    def zones() -> None:
        for k in itertools.count():
            if done.is_set():
                return
            texts = [f"Söz{k}x{n} Awşar{k}x{n}da galdy." for n in range(10)]
            if language == "xx":
                list(tag_many(texts, nlp=nlp, batch_size=5))
                continue
            with nlp.memory_zone():
                assert all(str(doc.ents) for doc in nlp.pipe(texts))

    def work(number: int) -> None:
        for k in range(40):
            found = tag(f"Täze{number}x{k}söz Bengazide boldy. Söz{k}x{number}", nlp=nlp)
            assert [e.name for e in found][-1:] == ["Bengazi"]
            if language == "tk":
                assert all(token.text and token.shape_ for token in found.doc)

    zoned = threading.Thread(target=zones)
    zoned.start()
    try:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(work, range(2)))
    finally:
        done.set()
        zoned.join()


def test_a_zone_that_waits_for_another_thread_is_an_error(nlp, monkeypatch):
    monkeypatch.setattr(vocab_lock, "PATIENCE", 0.5)
    with ThreadPoolExecutor(1) as pool, nlp.memory_zone():
        run = pool.submit(tag, TEXTS[0], nlp=nlp)
        with pytest.raises(RuntimeError, match=r"a memory zone .* open in another thread .*, expected one that is"):
            run.result()
        other = pool.submit(tag, TEXTS[0], nlp=turkmen_ner.load())  # another vocabulary waits for nobody
        assert len(other.result())
    assert len(tag(TEXTS[0], nlp=nlp))


@pytest.mark.usefixtures("switching")
def test_two_pipelines_at_once(nlp, alone):
    other = turkmen_ner.load(patterns=OWN, labels="ontonotes")
    wanted = {id(nlp): alone, id(other): answers(other, TEXTS)}
    assert wanted[id(other)] != alone
    with ThreadPoolExecutor(4) as pool:
        runs = [(pipeline, pool.submit(answers, pipeline, TEXTS)) for pipeline in (nlp, other) * 2]
        assert all(run.result() == wanted[id(pipeline)] for pipeline, run in runs)


def test_generators_of_several_threads(nlp, alone):
    """Each thread its own generator, on one pipeline."""
    with ThreadPoolExecutor(4) as pool:
        runs = [
            pool.submit(lambda size=size: [one.to_dicts() for one in tag_many(TEXTS, nlp=nlp, batch_size=size)])
            for size in (1, 3, 50, 200)
        ]
        assert all(run.result() == alone for run in runs)


# --- processes -----------------------------------------------------------------------------------------------------

METHODS = [m for m in ("fork", "spawn") if m in multiprocessing.get_all_start_methods()]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("method", METHODS)
def test_in_workers(nlp, alone, method):
    """With the default pipeline of each worker, and with one that was sent to it."""
    few = TEXTS[:15]
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method)) as pool:
        runs = [pool.submit(answers, sent, few) for sent in (None, nlp)]
        assert all(run.result() == alone[:15] for run in runs)


@pytest.mark.skipif("fork" not in METHODS, reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_in_the_midst_of_anothers_turn(nlp, alone):
    """The child has a turn of its own, though the thread that had it is not there."""
    taken, leave = threading.Event(), threading.Event()

    def hold() -> None:
        from turkmen_ner.vocab_lock import turn

        with turn(nlp.vocab):
            taken.set()
            leave.wait()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait()
    try:
        context = multiprocessing.get_context("fork")
        receive, send = context.Pipe(duplex=False)
        child = context.Process(target=lambda: send.send(answers(nlp, TEXTS[:3])))
        child.start()
        assert receive.poll(60), "the child waits for a thread that is not there"
        assert receive.recv() == alone[:3]
        child.join()
    finally:
        leave.set()
        holder.join()


def test_in_processes_of_tag_many(nlp, alone):
    assert [one.to_dicts() for one in tag_many(TEXTS, nlp=nlp, n_process=2, batch_size=9)] == alone


# --- memory zones of the caller ------------------------------------------------------------------------------------


def touch(doc: Any) -> list[Any]:
    """Read and write what goes through the vocabulary."""
    shown = [(token.text, token.lemma_, str(token.morph), token.ent_type_, token.ent_id_) for token in doc]
    shown += [(ent.text, ent.label_, ent.id_, ent.kb_id_) for ent in doc.ents]
    for token in doc:
        token.lemma_ = token.lemma_ or token.text
        token.set_morph(str(token.morph))
    assert all(token.lemma_ for token in doc if token.text)
    return shown


def test_docs_from_before_and_after_a_zone():
    nlp = turkmen_ner.load()
    text, new = TEXTS[0], "Ol Dbeýbanyň Täzesözowyň Bengazidäki öýünde."
    before = nlp(text)
    wanted = touch(nlp(text))
    for _ in range(3):
        with nlp.memory_zone():
            inside = nlp(new)
            shown = touch(inside)
            within = [one.to_dicts() for one in tag_many([text, new], nlp=nlp)]
            again = touch(nlp(text))
        assert again == wanted
        assert within == answers(nlp, [text, new])
    assert touch(nlp(new)) == shown
    assert [row[0] for row in touch(before)] == [row[0] for row in wanted]


def test_the_first_text_ever_in_a_zone():
    """What is remembered in a zone is of use after it."""
    nlp = turkmen_ner.load(patterns=[*OWN, {"label": "CITY", "id": "r", "pattern": [{"BASE": "Awşar"}]}])
    text = "Ibrahim Kalyn Awşarda, Bengazide boldy."
    with nlp.memory_zone():
        first = touch(nlp(text))
    after = nlp(text)
    assert touch(after) == first
    assert after.text == text


def test_tag_many_in_a_zone_with_processes(nlp, alone):
    with nlp.memory_zone():
        found = [one.to_dicts() for one in tag_many(TEXTS[:10], nlp=nlp, n_process=2, batch_size=3)]
    assert found == alone[:10]


# --- generators ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.parametrize("full", [False, True])
def test_a_generator_left_half_way(nlp, alone, monkeypatch, n_process, full):
    if full:
        monkeypatch.setattr(batches, "VOCABULARY", 0)
    closed = []

    def texts() -> Iterator[str]:
        try:
            yield from TEXTS
        finally:
            closed.append(True)

    found = tag_many(texts(), nlp=nlp, n_process=n_process, batch_size=4)
    assert [next(found).to_dicts() for _ in range(6)] == alone[:6]
    del found
    assert closed == [True]
    assert not nlp.vocab.in_memory_zone
    assert answers(nlp, TEXTS[:6]) == alone[:6]


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.parametrize("full", [False, True])
def test_an_exception_in_the_callers_generator(nlp, alone, monkeypatch, n_process, full):
    if full:
        monkeypatch.setattr(batches, "VOCABULARY", 0)

    def texts() -> Iterator[str]:
        yield from TEXTS[:5]
        raise LookupError("no more")

    found = tag_many(texts(), nlp=nlp, n_process=n_process, batch_size=2)
    assert [next(found).to_dicts() for _ in range(5)] == alone[:5]
    with pytest.raises(LookupError, match="no more"):
        next(found)
    assert list(found) == []
    assert not nlp.vocab.in_memory_zone
    assert answers(nlp, TEXTS[:5]) == alone[:5]


def test_a_generator_that_tags(nlp, alone):
    """The texts of one call come from another on the same pipeline."""
    inner = (one.text for one in tag_many(iter(TEXTS), nlp=nlp, batch_size=3))
    assert [one.to_dicts() for one in tag_many(inner, nlp=nlp, batch_size=5)] == alone


def test_a_generator_resumed_by_another_thread(nlp, alone):
    found = tag_many(TEXTS, nlp=nlp, batch_size=2)
    shown = [next(found).to_dicts() for _ in range(3)]
    with ThreadPoolExecutor(1) as pool:
        shown += pool.submit(lambda: [one.to_dicts() for one in found]).result()
    assert shown == alone
