"""Many texts through one pipeline: batch by batch, in this process or in several, with memory that does not grow.

spaCy keeps every string it meets. Once the vocabulary has grown to VOCABULARY words, a batch is tagged in a memory
zone: what it adds is forgotten after it, what was known before stays. In a zone the tokeniser adds nothing to its
cache, so the frequent words should be met before. Batches return entities, not Docs.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from multiprocessing import connection, parent_process

from spacy.language import Language

from turkmen_ner.codecs.docbin import from_doc, keeps_text
from turkmen_ner.entity import Entity
from turkmen_ner.tagged import TaggedText, readable
from turkmen_ner.vocab_lock import turn

VOCABULARY = 100_000  # words that a pipeline keeps for good
CHARACTERS = 1_000_000  # of a batch at the most, unless one text has more
AHEAD = 3  # batches given to each process, the one at work included

Found = list[tuple[Entity, ...]]


def tagged(nlp: Language, texts: Iterable[str], batch_size: int, n_process: int) -> Iterator[TaggedText]:
    """The texts with their entities, in order. n_process (int): Worker processes; 1 for none, -1 for one per core."""
    batches = _batches(texts, batch_size)
    workers = (os.cpu_count() or 1) if n_process == -1 else n_process
    done = _in_processes(nlp, batches, workers) if workers > 1 else ((batch, _tag(nlp, batch)) for batch in batches)
    for batch, found in done:
        for text, ents in zip(batch, found, strict=True):
            yield TaggedText.of(text, ents, nlp=nlp)


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    failure: Exception | None = None
    try:
        for text in texts:
            batch.append(text)
            characters += len(text)
            if len(batch) >= size or characters >= CHARACTERS:
                yield batch
                batch, characters = [], 0
    except Exception as error:  # what came before a wrong text is tagged all the same
        failure = error
    if batch:
        yield batch
    if failure is not None:
        raise failure


def _tag(nlp: Language, batch: list[str]) -> Found:
    """The entities of each text of a batch."""
    with turn(nlp.vocab), nlp.memory_zone() if _is_full(nlp) else nullcontext():
        return _entities(nlp, batch)


def tagged_one(nlp: Language, text: str) -> TaggedText:
    """A text with its entities; once the vocabulary is full its `doc` is made when it is asked for."""
    with turn(nlp.vocab):  # also for a tokeniser that takes none
        if not _is_full(nlp):
            return TaggedText(nlp(readable(nlp, text)), text, nlp=nlp)
        with nlp.memory_zone():
            found = from_doc(nlp(readable(nlp, text)), text)
    return TaggedText.of(text, found, nlp=nlp)


def _is_full(nlp: Language) -> bool:
    """Whether a zone is to be opened: the vocabulary is large, and the caller has none."""
    return _kept(nlp) >= VOCABULARY and not getattr(nlp.vocab, "in_memory_zone", False)


def _kept(nlp: Language) -> int:
    """How many words a pipeline keeps, at the most.

    The length of a vocabulary counts the words that a zone has forgotten as well, so those of a service that opens one
    for each request; the strings are more than its words where a model brings its own.
    """
    return min(len(nlp.vocab), len(nlp.vocab.strings))


def _entities(nlp: Language, batch: list[str]) -> Found:
    numbered = [(readable(nlp, text), number) for number, text in enumerate(batch)]
    found: Found = [()] * len(batch)  # what an error handler of the pipeline skips stays without entities
    same = keeps_text(nlp)
    for doc, number in nlp.pipe(numbered, as_tuples=True, batch_size=len(batch)):
        found[number] = from_doc(doc, batch[number], same=same)
    return found


def _in_processes(nlp: Language, batches: Iterator[list[str]], workers: int) -> Iterator[tuple[list[str], Found]]:
    """The same by worker processes. They leave Ctrl-C to this one, which lets the batches at work end and stops."""
    waiting: deque[tuple[list[str], Future[Found]]] = deque()
    failure: Exception | None = None
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(nlp,))
    try:
        while True:
            while failure is None and len(waiting) < workers * AHEAD:
                try:
                    batch = next(batches)
                except Exception as error:  # StopIteration, or a wrong text: then what came before it comes first
                    failure = error
                else:
                    waiting.append((batch, pool.submit(_work, batch)))
            if not waiting:
                break
            batch, future = waiting.popleft()
            yield batch, future.result()
    finally:
        pool.shutdown(cancel_futures=True)
    if not isinstance(failure, StopIteration):
        assert failure is not None
        raise failure


# --- in a worker ---------------------------------------------------------------------------------------------------

_worker: Callable[[list[str]], Found] | None = None


def _start(nlp: Language) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    gc.freeze()  # the pipeline stays: to look for garbage in it would copy every page shared with the parent

    def work(batch: list[str]) -> Found:
        return _tag(nlp, batch)

    _worker = work


def _end_with_parent(number: int) -> None:
    """End this process when its parent has ended, however that was. number (int): The parent's, as it begins.

    The sentinel tells it at once, unless a sister process holds the other end of it; the number tells it on POSIX.
    """
    parent = parent_process()
    while os.getppid() == number and not connection.wait([parent.sentinel] if parent else [], timeout=1.0):
        pass
    os._exit(1)


def _work(batch: list[str]) -> Found:
    assert _worker is not None
    return _worker(batch)
