"""YAML as strings, lists and mappings that know their lines; tags, anchors and aliases are refused."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from turkmen_ner.errors import Problem, short


class Node(dict[str, Any]):
    """A YAML mapping that remembers the line it starts on and the line of each key."""

    line: int = 0
    lines: dict[str, int]

    @classmethod
    def of(cls, line: int, **values: Any) -> "Node":
        """One that starts on a line."""
        node = cls(values)
        node.line, node.lines = line, {}
        return node


class Items(list[Any]):
    """A list that remembers the line of each item."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def add(self, value: Any, line: int) -> None:
        """Append an item that stands on a line."""
        self.append(value)
        self.lines.append(line)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


MAX_DEPTH = 50  # lists and mappings inside each other; an entry with token patterns needs 7


class _Broken(Exception):
    """What follows cannot be read."""


class Builder:
    """Makes a document of YAML's events, and notes what it refuses.

    file (str): How the problems call it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.whole = True  # nothing was left unread
        self._events: Iterator[Any] = iter(())

    def document(self, text: str) -> Any:
        """The document of a text; what stands after an error in the syntax is missing."""
        value: Any = None
        try:
            self._events = iter(yaml.parse(text, Loader=_Loader))
            for event in self._events:
                if isinstance(event, yaml.NodeEvent):
                    if value is not None:
                        self._refuse(event, "a second document", "one document a file")
                        raise _Broken
                    value = self._value(event)
        except (yaml.YAMLError, UnicodeEncodeError) as error:
            self.problems.append(_syntax(error, text, self.file))
            self.whole = False
        except _Broken:
            self.whole = False
        return value

    def _value(self, event: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            self._refuse(event, "lists or mappings nested too deep", f"at most {MAX_DEPTH} inside each other")
            raise _Broken
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._refuse(event, f"the anchor or alias {short(event.anchor)}", "every value written out")
        if isinstance(event, yaml.AliasEvent):
            return Node.of(_line(event))
        if event.tag is not None:
            self._refuse(event, f"the tag {event.tag[:60]}", "plain strings, lists and mappings")
            self._plain(event, depth)
            return Node.of(_line(event))
        return self._plain(event, depth)

    def _plain(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = Items()
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.add(self._value(event, depth + 1), _line(event))
            return items
        node = Node.of(_line(event))
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if not isinstance(key, str):
                self._refuse(event, "a key that is a list or a mapping", "a word")
            elif key in node:
                self._refuse(event, f"the key {short(key)} twice in one mapping", "each key once")
            else:
                node.lines[key] = _line(event)
                node[key] = value
        return node

    def _refuse(self, event: Any, found: str, expected: str) -> None:
        self.problems.append(Problem(self.file, _line(event), "", f"found {found}", expected))


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _syntax(error: Exception, text: str, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    problem = getattr(error, "problem", None) or str(error)
    if (control := _CONTROL.search(text)) is not None and not mark:
        line = text.count("\n", 0, control.start()) + 1
        problem = f"the control character {control[0]!r}"
        problem += ", as in UTF-16" if control[0] == "\0" else ""
    return Problem(file, line, "", f"not well-formed YAML: {problem}", "a file as in patterns/README.md")


def line_of(value: Any, path: Sequence[Any]) -> int:
    """The line of the innermost part of a path into a document."""
    line = getattr(value, "line", 0)
    for key in path:
        if isinstance(value, Node) and isinstance(key, str):
            line = value.lines.get(key, line)
        elif isinstance(value, Items) and isinstance(key, int) and key < len(value):
            line = value.lines[key]
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
        line = getattr(value, "line", line)
    return line
