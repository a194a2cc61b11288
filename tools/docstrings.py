"""Public names as Markdown: heading, signature, and the docstring with its arguments, results and errors as a list.

The signature is that of the source, so that a page is the same whatever Python writes it.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any

# `name (type): `, `start, end (int): `, `RETURNS (list of str): `; a second error has no word before it
FIELD = re.compile(r"(?:^|(?<=\. ))((?:\w+, )*\w+ )?\(([\w ,]+)\): ")
WIDTH = 100


def section(path: str, thing: Any, level: int = 2) -> str:
    """A public name, with its public members when it is a class.

    path (str): Where it is imported from, `turkmen_ner.tag`. thing (object): What it is. level (int): Of the heading.
    """
    module, _, name = path.rpartition(".")
    parts = [f'<a id="{path}"></a>', f"{'#' * level} {name}"]
    (node,) = ast.parse(dedent(inspect.getsource(thing))).body
    assert isinstance(node, ast.FunctionDef | ast.ClassDef)
    parts += [
        f"```py\nfrom {module} import {name}\n\n{signature(node)}\n```",
        as_list(ast.get_docstring(node) or ""),
    ]
    if isinstance(node, ast.ClassDef):
        parts += members(node)
    return "\n\n".join(filter(None, parts)).replace("\n\n\n", "\n\n")


def members(node: ast.ClassDef) -> Iterator[str]:
    """The public methods and properties of a class, with what they say of themselves."""
    for each in node.body:
        if not isinstance(each, ast.FunctionDef) or each.name.startswith("_") or not (about := ast.get_docstring(each)):
            continue
        kinds = {ast.unparse(one) for one in each.decorator_list}
        shown = f"{each.name}: {_type(each.returns)}" if "property" in kinds else signature(each)
        yield f"**`{' '.join(shown.split())}`**\n\n{as_list(about)}"


def signature(node: ast.AST) -> str:
    """How a function or class is called, an argument a line where it is long.

    >>> print(signature(ast.parse("def tag(text: str, *, nlp: 'Language | None' = None) -> TaggedText: pass").body[0]))
    tag(text: str, *, nlp: Language | None = None) -> TaggedText
    """
    if isinstance(node, ast.FunctionDef):
        given, result = _arguments(node), f" -> {_type(node.returns)}"
    else:
        assert isinstance(node, ast.ClassDef)
        made = next((one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == "__init__"), None)
        given, result = _arguments(made) if made else _fields(node), ""
        bases = [ast.unparse(base) for base in node.bases]
        if not given and bases:
            return f"class {node.name}({', '.join(bases)})"
    line = f"{node.name}({', '.join(given)}){result}"
    if len(line) <= WIDTH:
        return line
    lines = "".join(f"    {each},\n" for each in given)
    return f"{node.name}(\n{lines}){result}"


def _arguments(node: ast.FunctionDef) -> list[str]:
    args = node.args
    positional = [*args.posonlyargs, *args.args]
    values: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults)) + list(args.defaults)
    given = [_argument(arg, value) for arg, value in zip(positional, values, strict=True)]
    if positional and positional[0].arg in ("self", "cls"):
        del given[0]
    if args.vararg:
        given.append("*" + _argument(args.vararg))
    elif args.kwonlyargs:
        given.append("*")
    given += [_argument(arg, value) for arg, value in zip(args.kwonlyargs, args.kw_defaults, strict=True)]
    return given + (["**" + _argument(args.kwarg)] if args.kwarg else [])


def _argument(arg: ast.arg, value: ast.expr | None = None) -> str:
    shown = f"{arg.arg}: {_type(arg.annotation)}" if arg.annotation else arg.arg
    return shown if value is None else f"{shown} = {ast.unparse(value)}"


def _fields(node: ast.ClassDef) -> list[str]:
    """The fields of a dataclass or named tuple."""
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    return [
        f"{ast.unparse(one.target)}: {_type(one.annotation)}" for one in fields if ast.unparse(one.target)[0] != "_"
    ]


def _type(node: ast.expr | None) -> str:
    """A type hint without the quotes of a late one."""
    return "None" if node is None else ast.unparse(node).strip("'\"")


def as_list(docstring: str) -> str:
    r"""A docstring with its fields as a Markdown list, and examples as code.

    >>> print(as_list("Tag.\n\ntext (str): Any length. nlp (Language): A pipeline.\nRAISES (TypeError): If not."))
    Tag.
    <BLANKLINE>
    - **text** (str): Any length.
    - **nlp** (Language): A pipeline.
    - **RAISES** (TypeError): If not.
    """
    text, _, examples = docstring.partition("\n>>> ")
    text = "\n\n".join(_paragraph(part) for part in text.strip().split("\n\n"))
    return f"{text}\n\n```pycon\n>>> {examples}\n```" if examples else text


def _paragraph(text: str) -> str:
    line = " ".join(text.split())
    if not FIELD.search(line):
        return line
    items = FIELD.sub(lambda found: f"\n- **{(found[1] or 'RAISES').strip()}** ({found[2]}): ", line)
    lines = [item.strip() for item in items.strip().splitlines()]
    return "\n".join(lines if lines[0].startswith("- ") else [lines[0], "", *lines[1:]])
