"""Mutation testing of one module: change one thing at a time, run its tests, and print each change that none notices.

    python tools/mutate.py turkmen_ner/overlap.py tests/test_overlap.py [more tests] [--jobs 2]

Changed are comparisons, and/or, not, + - * /, numbers, truth values, strings other than docstrings, and the two sides
of `a if b else c`. Works on copies of the tree.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from queue import Queue
from time import perf_counter

ROOT = Path(__file__).parent.parent
COPIED = ("turkmen_ner", "patterns", "seeds", "tests", "benchmarks", "pyproject.toml", "conftest.py")
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
        case ast.FunctionDef():
            yield from (part for part in [node.returns, *node.decorator_list] if part)
        case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation) if annotation:
            yield annotation
        case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
            yield node
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.ImportFrom():
            yield node


def passes(folder: Path, tests: list[str], limit: float | None) -> bool:
    """Whether all tests pass in time."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--no-header", *tests]
    plain = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=folder, env=plain, capture_output=True, timeout=limit).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def main() -> None:
    """Run the tests on every mutant, print the survivors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        folders: Queue[Path] = Queue()
        for job in range(asked.jobs):
            folders.put(folder := Path(home) / str(job))
            folder.mkdir()
            for name in COPIED:
                if (ROOT / name).is_dir():
                    shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
                elif (ROOT / name).is_file():
                    shutil.copy(ROOT / name, folder / name)
        start = perf_counter()
        if not passes(folder, asked.tests, None):
            sys.exit("the tests fail as it is")
        limit = 4 * (perf_counter() - start) + 10

        def survives(mutant: tuple[int, str, str, str]) -> bool:
            folder = folders.get()
            try:
                (folder / asked.module).write_text(mutant[-1], encoding="utf-8")
                return passes(folder, asked.tests, limit)
            finally:
                folders.put(folder)

        every = list(mutants((ROOT / asked.module).read_text(encoding="utf-8")))
        left = 0
        with ThreadPoolExecutor(asked.jobs) as pool:
            for mutant, alive in zip(every, pool.map(survives, every), strict=True):
                if alive:
                    left += 1
                    print(f"{asked.module}:{mutant[0]}: {mutant[1]}  ->  {mutant[2]}", flush=True)
        print(f"{asked.module}: {len(every)} mutants, {left} survive")


if __name__ == "__main__":
    main()
