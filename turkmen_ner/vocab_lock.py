"""One thread at a time in a vocabulary of spaCy.

A memory zone belongs to a vocabulary, not to a thread: what another thread adds meanwhile would be forgotten with it.
So whoever adds words or opens a zone takes turns. No speed is lost: Python runs one thread at a time as well.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from spacy.vocab import Vocab

PATIENCE = 60.0  # seconds that a thread waits for the memory zone of another, which may be waiting for it


class _Has(Protocol):
    vocab: Vocab


S = TypeVar("S", bound=_Has)
T = TypeVar("T")
P = ParamSpec("P")


class _Turns:
    """The turns in one vocabulary.

    held (int): How often the thread that has the turn holds it. zone (float): When that opened a zone outside of any.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.held = 0
        self.zone: float | None = None

    def take(self) -> None:
        while not self.lock.acquire(timeout=1.0):
            since = self.zone
            if since is not None and time.monotonic() - since > PATIENCE:
                raise RuntimeError(
                    f"a memory zone of this pipeline has been open in another thread for {PATIENCE:.0f} seconds, "
                    "expected one that is opened in the thread that tags, or a pipeline for each thread"
                )


_turns: dict[int, _Turns] = {}  # by identity of the vocabulary; one that comes later may have the lock of one gone


def _of(vocab: Vocab) -> _Turns:
    return _turns.get(id(vocab)) or _turns.setdefault(id(vocab), _Turns())


@contextmanager
def turn(vocab: Vocab) -> Iterator[None]:
    """Hold the turn of this thread in a vocabulary; it may be taken again within.

    RAISES (RuntimeError): If another thread has a memory zone open for more than `PATIENCE` seconds.
    """
    turns = _of(vocab)
    turns.take()
    turns.held += 1
    try:
        yield
    finally:
        turns.held -= 1
        turns.lock.release()


@contextmanager
def zone_turn(vocab: Vocab) -> Iterator[None]:
    """Hold the turn of this thread as long as a memory zone is open; one of a batch ends by itself."""
    with turn(vocab):
        turns = _of(vocab)
        own = turns.held == 1
        if own:
            turns.zone = time.monotonic()
        try:
            yield
        finally:
            if own:
                turns.zone = None


def alone(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A method of what has a vocabulary, that takes its turn."""

    @wraps(method)
    def taking_turns(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        turns = _of(self.vocab)
        turns.take()
        try:
            return method(self, *args, **kwargs)
        finally:
            turns.lock.release()

    return taking_turns


if hasattr(os, "register_at_fork"):  # not on Windows
    # a forked child has only the thread that forked, and the locks perhaps as others left them
    os.register_at_fork(after_in_child=_turns.clear)
