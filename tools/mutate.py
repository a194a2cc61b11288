"""Mutation testing of one module: change one thing at a time, run its tests, and print each change that none notices.

    python tools/mutate.py turkmen_ner/pipeline/overlap.py tests/pipeline/test_overlap.py [more tests] [--jobs 2]

The doctests of the module can be named among the tests: turkmen_ner/pipeline/overlap.py.
Changed are comparisons, and/or, not, + - * /, numbers, truth values, strings other than docstrings, and the two sides
of `a if b else c`. No file is touched: each mutant lives in a fork of this process, which has imported what the tests
need of others. Works where Python can fork.
"""

import argparse
import ast
import os
import signal
import sys
from collections.abc import Iterator
from copy import deepcopy
from importlib.machinery import SourceFileLoader
from pathlib import Path
from time import perf_counter

import hypothesis  # noqa: F401  imported once, before the forks
import pytest
import spacy  # noqa: F401

ROOT = Path(__file__).parent.parent
OPERATORS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip


def changed(node: ast.AST) -> Iterator[ast.AST]:
    """What a node can be changed to, one thing at a time."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in OPERATORS:
            yield ast.Compare(node.left, [OPERATORS[type(op)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(OPERATORS[type(node.op)](), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in OPERATORS:
            yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield ast.Constant(node.value + 1)
        case ast.Constant(value=str()):
            yield ast.Constant(f"{node.value}X")


def mutants(source: str) -> Iterator[tuple[int, str, str, str]]:
    """Each changed module: line, what was there, what is there now, the whole text."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree))
    skipped = {id(inner) for node in nodes for top in untested(node) for inner in ast.walk(top)}
    for i, node in enumerate(nodes):
        if id(node) in skipped:
            continue
        for new in changed(node):
            copy = deepcopy(tree)
            target = list(ast.walk(copy))[i]
            replaced = Replace(target, deepcopy(new)).visit(copy)
            text = ast.unparse(ast.fix_missing_locations(replaced))
            yield node.lineno, ast.unparse(node), ast.unparse(new), text


class Replace(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The tree with the new node."""
        return self.new if node is self.old else self.generic_visit(node)


def untested(node: ast.AST) -> Iterator[ast.AST]:
    """Parts of a node whose change means nothing: docstrings, annotations, decorators, what an error says, __all__."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise():
            yield node
        case ast.ClassDef():
            yield from node.decorator_list
        case ast.FunctionDef():
            yield from (part for part in [node.returns, *node.decorator_list] if part)
        case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation) if annotation:
            yield annotation
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
            yield node
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.ImportFrom():
            yield node


def start(module: str, text: str | None, tests: list[str], limit: int) -> int:
    """A new process that runs the tests with another text of a module; it ends with 0 when all pass."""
    if child := os.fork():
        return child
    signal.alarm(limit)  # ends a mutant that runs for ever
    if text is not None:
        name, plain = module.removesuffix(".py").replace("/", "."), SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, fullname: str) -> object:
            return compile(text, module, "exec") if fullname == name else plain(loader, fullname)

        SourceFileLoader.get_code = get_code
    nothing = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nothing, handle)
    options = [
        "-x",
        "-q",
        "--assert=plain",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
    ]
    os._exit(pytest.main([*options, *tests]))  # plain: else pytest reads a module named among the tests by itself


def main() -> None:
    """Run the tests on every mutant, print the survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    begin = perf_counter()
    if os.waitpid(start(asked.module, None, asked.tests, 0), 0)[1]:
        sys.exit("the tests fail as it is")
    limit = 5 * int(perf_counter() - begin) + 10
    every = list(mutants(Path(asked.module).read_text(encoding="utf-8")))
    left: list[str] = []
    running: dict[int, str] = {}

    def ended() -> None:
        child, status = os.wait()
        shown = running.pop(child)
        if status == 0:
            left.append(shown)
            print(shown, flush=True)

    for line, was, now, text in every:
        if len(running) == asked.jobs:
            ended()
        running[start(asked.module, text, asked.tests, limit)] = f"{asked.module}:{line}: {was}  ->  {now}"
    while running:
        ended()
    print(f"{asked.module}: {len(every)} mutants, {len(left)} survive")


if __name__ == "__main__":
    main()
