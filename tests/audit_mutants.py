"""Mutants of the audit: its files, each with one small thing changed in what it does, never in what it says."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

AUDIT = Path(__file__).parents[1] / "foodlots" / "audit"

COMPARES = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SUMS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.BitOr: ast.BitAnd}
TWINS = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
NOTHING = -1  # the change that is none


@dataclass(frozen=True)
class Mutant:
    """The change `number` of a file: in which line, and what it does."""

    file: str
    number: int
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what}"


def changes(tree: ast.Module) -> Iterator[tuple[int, str, Callable[[], None]]]:
    """Every change of a file: its line, what it does, and the doing of it in the tree."""
    for node in list(ast.walk(tree)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Compare):
            for place, sign in enumerate(node.ops):
                if other := COMPARES.get(type(sign)):
                    yield line, f"{_name(sign)} becomes {_name(other())}", _put_in(node.ops, place, other())
        elif isinstance(node, ast.BinOp) and (other := SUMS.get(type(node.op))) and not _of_types(node):
            yield line, f"{_name(node.op)} becomes {_name(other())}", _put(node, "op", other())
        elif isinstance(node, ast.BoolOp):
            other = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            yield line, f"{_name(node.op)} becomes {_name(other)}", _put(node, "op", other)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            yield line, f"{_name(node.op)} dropped", _twice(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield line, f"{node.value} becomes {not node.value}", _put(node, "value", not node.value)
        elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
            yield line, f"{node.value} becomes {node.value + 1}", _put(node, "value", node.value + 1)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TWINS:
            yield line, f"{node.func.id} becomes {TWINS[node.func.id]}", _put(node.func, "id", TWINS[node.func.id])
        elif isinstance(node, ast.IfExp | ast.If):
            yield line, "a condition turned round", _put(node, "test", ast.UnaryOp(ast.Not(), node.test))
        elif isinstance(node, ast.comprehension):
            for place in range(len(node.ifs)):
                yield node.target.lineno, "a condition dropped", _put_in(node.ifs, place, ast.Constant(True))
        if isinstance(node, ast.FunctionDef):
            yield from _dropped(node)


def _dropped(function: ast.FunctionDef) -> Iterator[tuple[int, str, Callable[[], None]]]:
    """Each finding of a check not told any more."""
    for block in ast.walk(function):
        body = getattr(block, "body", None)
        for place, told in enumerate(body if isinstance(body, list) else []):
            if isinstance(told, ast.Expr) and isinstance(told.value, ast.Yield | ast.YieldFrom):
                yield told.lineno, "a finding dropped", _put_in(body, place, ast.Expr(_nothing()))


def _nothing() -> ast.expr:
    """`yield from ()`: the function stays one that tells findings."""
    return ast.YieldFrom(ast.Tuple([], ast.Load()))


def _put(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def _put_in(of: list, place: int, value: object) -> Callable[[], None]:
    return lambda: of.__setitem__(place, value)


def _twice(node: ast.UnaryOp) -> Callable[[], None]:
    """Turned round once more: as if it were not there."""
    return lambda: setattr(node, "operand", ast.UnaryOp(node.op, node.operand))


def _of_types(node: ast.BinOp) -> bool:
    """Whether it joins types (`A | B`), not amounts."""
    return isinstance(node.op, ast.BitOr) and not isinstance(node.left, ast.Call)


def _name(sign: ast.AST) -> str:
    return type(sign).__name__


def every_mutant() -> list[Mutant]:
    """All of them, file by file; annotations and the words of messages are left alone."""
    return [
        Mutant(path.name, number, line, what)
        for path in sorted(AUDIT.glob("*.py"))
        for number, (line, what, _) in enumerate(changes(_parse(path)))
    ]


def _parse(path: Path) -> ast.Module:
    """The file's tree without its docstrings, annotations and format strings, in which nothing is changed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return _Bare().visit(tree)


class _Bare(ast.NodeTransformer):
    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        """A message: kept whole behind a node that the walk does not open."""
        return ast.copy_location(_Sealed(node), node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.decorator_list = [_Sealed(each) for each in node.decorator_list]  # frozen or not, it does the same
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "zip":  # strict or not: what it joins is of one length
            node.keywords = [ast.keyword(each.arg, _Sealed(each.value)) for each in node.keywords]
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)


class _Sealed(ast.Constant):
    """A message, or what stands over a class, as it is."""

    def __init__(self, message: ast.expr):
        super().__init__("")
        self.message = message


class _Opened(ast.NodeTransformer):
    def visit__Sealed(self, node: _Sealed) -> ast.AST:
        return node.message


def mutated(mutant: Mutant):
    """The file's code with the change in it."""
    path = AUDIT / mutant.file
    tree = _parse(path)
    if mutant.number != NOTHING:
        next(do for number, (_, _, do) in enumerate(changes(tree)) if number == mutant.number)()
    return compile(ast.fix_missing_locations(_Opened().visit(tree)), str(path), "exec")
