"""One thread at a time in the vocabularies of spaCy.

A memory zone belongs to a vocabulary, not to a thread: what another thread adds meanwhile would be forgotten with it.
So whoever adds words or opens a zone takes turns. No speed is lost: Python runs one thread at a time as well.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

_lock = threading.RLock()

S = TypeVar("S")
T = TypeVar("T")
P = ParamSpec("P")


@contextmanager
def turn() -> Iterator[None]:
    """Hold the turn of this thread; it may be taken again within."""
    with _lock:
        yield


def alone(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """A method that takes its turn."""

    @wraps(method)
    def taking_turns(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with _lock:
            return method(self, *args, **kwargs)

    return taking_turns


def _begin_anew() -> None:
    """A forked child has only the thread that forked, and the lock perhaps as another left it."""
    global _lock
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(after_in_child=_begin_anew)
