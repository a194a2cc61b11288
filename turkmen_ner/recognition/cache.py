"""A bounded cache."""

from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(dict[K, V]):
    """A dict that is emptied when it is full, so that looking up costs no more than in a dict.

    >>> cache = Cache[str, int]()
    >>> cache.limit = 2
    >>> cache["Mary"], cache["Ahal"], cache["Lebap"] = 1, 2, 3
    >>> cache
    {'Lebap': 3}
    """

    limit = 50_000  # distinct words, chunks between spaces and such that a pipeline remembers, some 1.3 kB each

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self.limit:
            self.clear()
        super().__setitem__(key, value)

    def add(self, found: Mapping[K, V]) -> None:
        """Remember several things at once.

        >>> cache = Cache[str, int]()
        >>> cache.add({"Mary": 1, "Ahal": 2})
        >>> cache.limit = 2
        >>> cache.add({"Lebap": 3})
        >>> cache
        {'Lebap': 3}
        """
        if len(self) + len(found) > self.limit:
            self.clear()
        super().update(found)
