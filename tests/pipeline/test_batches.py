"""Many texts: order, errors, memory zones, processes and Ctrl-C."""

import itertools
import os
import signal
import subprocess
import sys
import time

import pytest

import turkmen_ner
from turkmen_ner import tag, tag_many
from turkmen_ner.pipeline import batches

TEXTS = [
    "Ibrahim Kalyn Bengazide Halife Haftar bilen gürleşdi.",
    "",
    "Bu barada sözçi Nurdan Weliçko aýtdy. Weliçkonyň sözleri TDH-da çykdy.",
    "Türkiýäniň harby gämisi TJG Kynalyada düýn Tripoliden Stambula gaýtdy.",
    "Söz ýok.",
] * 3


@pytest.fixture
def full(monkeypatch):
    """The vocabulary counts as full: every batch runs in a memory zone."""
    monkeypatch.setattr(batches, "VOCABULARY", 0)


@pytest.mark.parametrize("n_process", [1, 2])
@pytest.mark.parametrize("batch_size", [1, 4, 100])
def test_in_memory_zones_the_same(full, n_process, batch_size):
    nlp = turkmen_ner.load()
    found = list(tag_many(TEXTS, n_process=n_process, batch_size=batch_size, nlp=nlp))
    assert [one.text for one in found] == TEXTS
    assert [one.to_dicts() for one in found] == [tag(text).to_dicts() for text in TEXTS]
    assert [ent.text for ent in found[2].doc.ents] == ["Nurdan Weliçko", "Weliçkonyň", "TDH-da"]
    token = found[3].doc[0]
    assert (token.text, token.lemma_, str(token.morph)) == ("Türkiýäniň", "Türkiýe", "Case=Gen")


def test_words_of_a_zone_are_forgotten(full):
    nlp = turkmen_ner.load()
    list(tag_many(TEXTS, nlp=nlp))
    before = len(nlp.vocab.strings)
    list(tag_many((f"Söz{k}an Awşar{k}da galdy." for k in range(500)), nlp=nlp, batch_size=50))
    assert len(nlp.vocab.strings) == before


def test_words_are_kept_up_to_a_limit(monkeypatch):
    """Outside a zone the tokeniser's cache is filled; what a caller's zone has forgotten does not count."""
    monkeypatch.setattr(batches, "VOCABULARY", 1000)
    nlp = turkmen_ner.load()
    with nlp.memory_zone():
        for _ in nlp.pipe(f"öňki{k}" for k in range(2000)):
            pass
    for k in range(3):
        list(tag_many([" ".join(f"a{k}x{n}söz" for n in range(600))], nlp=nlp))
    strings = nlp.vocab.strings
    assert "öňki1" not in strings
    assert [f"a{k}x0söz" in strings for k in range(3)] == [True, True, False]


def test_inside_a_zone_of_the_caller(full):
    nlp = turkmen_ner.load()
    with nlp.memory_zone():
        found = [one.to_dicts() for one in tag_many(TEXTS, nlp=nlp)]
    assert found == [tag(text).to_dicts() for text in TEXTS]


@pytest.mark.parametrize("n_process", [1, 2])
def test_what_came_before_a_wrong_text_is_tagged(n_process):
    found = tag_many([*TEXTS[:4], 5, TEXTS[0]], n_process=n_process, batch_size=3)  # type: ignore[list-item]
    assert [next(found).text for _ in range(4)] == TEXTS[:4]
    with pytest.raises(TypeError, match="not int: 5"):
        next(found)


def test_a_batch_is_bounded_by_its_characters(monkeypatch):
    monkeypatch.setattr(batches, "CHARACTERS", 100)
    assert [len(batch) for batch in batches._batches(["x" * 60] * 5, 1000)] == [2, 2, 1]


def test_processes_read_only_so_far_ahead():
    taken = []

    def endless():
        for k in itertools.count():
            taken.append(k)
            yield f"Ol {k} gezek Aşgabada bardy."

    found = tag_many(endless(), n_process=2, batch_size=2)
    first = [next(found).text for _ in range(3)]
    assert first == [f"Ol {k} gezek Aşgabada bardy." for k in range(3)]
    assert len(taken) <= 2 * 2 * batches.AHEAD + 2
    found.close()


@pytest.mark.parametrize(("batch_size", "n_process"), [(0, 1), (-1, 1), (5, 0), (5, -2)])
def test_numbers_that_make_no_sense(batch_size, n_process):
    with pytest.raises(ValueError, match=f"not {batch_size} and {n_process}"):
        tag_many(TEXTS, batch_size=batch_size, n_process=n_process)


def test_the_progress_bar_counts_texts(capsys):
    list(tag_many(TEXTS, n_process=2, batch_size=4, progress=True))
    assert f"{len(TEXTS)}/{len(TEXTS)}" in capsys.readouterr().err


ENDLESS = """
import itertools, sys, turkmen_ner
for one in turkmen_ner.tag_many(("Ol Aşgabada bardy." for _ in itertools.count()), n_process=2, batch_size=8):
    print("tagged", flush=True)
"""


def ends(group: int) -> bool:
    """Whether a group of processes ends soon."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_workers_end_with_a_parent_that_is_killed(method, number):
    code = f"if __name__ == '__main__':\n import multiprocessing; multiprocessing.set_start_method({method!r})"
    code += ENDLESS.replace("\n", "\n ")
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "tagged\n"
    child.send_signal(number)
    assert child.wait(timeout=60) == -number
    child.stdout.close()
    assert ends(child.pid), "a worker outlived its parent"


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a process group")
def test_ctrl_c_ends_all_processes_with_one_traceback():
    child = subprocess.Popen(
        [sys.executable, "-c", ENDLESS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "tagged\n"
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode != 0
    assert errors.count("Traceback") == 1, errors
    assert errors.rstrip().endswith("KeyboardInterrupt")
    assert ends(child.pid), "a worker outlived its parent"


# --- one text after another ------------------------------------------------------------------------------------------


def test_tag_in_a_loop_does_not_grow(full):
    nlp = turkmen_ner.load()
    tag("Ol Awşarda galdy.", nlp=nlp)
    before = len(nlp.vocab.strings)
    for k in range(50):
        tag(f"Söz{k}an Awşar{k}da galdy.", nlp=nlp)
    assert len(nlp.vocab.strings) == before


def test_tag_with_a_full_vocabulary_gives_the_same(full, monkeypatch):
    nlp = turkmen_ner.load()
    found = [tag(text, nlp=nlp) for text in TEXTS]
    shown = [([ent.text for ent in one.doc.ents], [token.lemma_ for token in one.doc]) for one in found]
    monkeypatch.setattr(batches, "VOCABULARY", 10**9)
    plain = [tag(text, nlp=nlp) for text in TEXTS]
    assert found == plain
    assert [one.to_dicts() for one in found] == [one.to_dicts() for one in plain]
    assert shown == [([ent.text for ent in one.doc.ents], [token.lemma_ for token in one.doc]) for one in plain]
    assert [one.main_names() for one in found] == [one.main_names() for one in plain]


def test_tag_in_a_zone_of_the_caller_keeps_its_doc(full):
    nlp = turkmen_ner.load()
    with nlp.memory_zone():
        found = tag(TEXTS[0], nlp=nlp)
        assert [ent.text for ent in found.doc.ents] == [e.text for e in found]
        assert nlp.vocab.in_memory_zone
