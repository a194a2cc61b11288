"""Plain lists: one base form a line."""

import re

from pydantic import BaseModel, ConfigDict


class WordList(BaseModel):
    """A plain list: its names with the line of each; without a label a list of words that the rules use by name.

    line (int): Of the label. named (bool): Whether the file says the name.
    twice (tuple): A key that says what the list is and stands twice in the file, with its line; else None.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    label: str | None
    words: tuple[tuple[str, int], ...]
    remarks: tuple[str, ...]
    line: int = 0
    named: bool = False
    twice: tuple[str, int] | None = None


_HEAD = re.compile(r"#\s*(about|source|licence|date|count|label|list)\s*:\s*(.*)")


def read_head(text: str) -> dict[str, str]:
    r"""The `# key: value` comments that a file begins with.

    >>> read_head("# about: Seas\n# count: 2\nlabel: REGION")
    {'about': 'Seas', 'count': '2'}
    """
    head: dict[str, str] = {}
    last = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _HEAD.match(line):
            last = match[1]
            head[last] = match[2].strip()
        elif last and line.startswith("#   "):  # continued
            head[last] += " " + line[1:].strip()
    return head


_LINE_END = re.compile(r"\r\n|\r|\n")


def read_list(text: str, name: str) -> WordList:
    """A plain list: one base form a line, `# …` is a remark."""
    words, remarks = [], []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        word, _, remark = line.partition("#")
        if word.strip():
            words.append((word.strip(), number))
            remarks.append(remark.strip())
    head = read_head(text)
    lines: dict[str, int] = {}
    twice = None
    for number, remark in enumerate(text.splitlines(), start=1):
        key = match[1] if (match := _HEAD.match(remark)) else ""
        if key in ("label", "list") and lines.setdefault(key, number) != number:
            twice = twice or (key, number)
    return WordList(
        name=head.get("list", name),
        label=head.get("label"),
        words=tuple(words),
        remarks=tuple(remarks),
        line=lines.get("label", 0),
        named="list" in head,
        twice=twice,
    )
