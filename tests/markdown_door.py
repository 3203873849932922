"""Follows every text a page hands to Streamlit back to where it came from: words of ours, figures, or md().

A text is sound when it is a constant, a figure written by one of FIGURES, something md() has made literal, or put
together of sound texts. Parameters are followed to every call of their function, functions to all they return. A
field is sound when no record of a case, a plan or a desk has a text of that name.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path

from foodlots import case, errors, plan
from foodlots.ui import desks

MARKDOWN = {"markdown", "caption", "error", "warning", "info", "success", "title", "header", "subheader", "metric",
            "button", "checkbox", "toggle", "radio", "selectbox", "multiselect", "slider", "select_slider",
            "number_input", "text_input", "text_area", "segmented_control", "pills", "expander", "popover", "toast",
            "download_button", "page_link", "link_button", "file_uploader", "form_submit_button", "status", "spinner",
            "latex", "dialog", "badge"}  # fmt: skip
SPOKEN = {"help", "label", "caption", "captions", "placeholder", "body"}  # keywords Streamlit reads as Markdown
FIGURES = {"md", "pounds", "pounds_and_pence", "more_or_less", "with_sign", "points", "count", "percent", "several",
           "tonnes", "noted", "len", "round"}  # fmt: skip
KEEPING = {"capital", "str"}  # as sound as what they are given
OURS = {"new_key", "help_of", "next", "say_day"}  # functions elsewhere that give words or keys of ours
DECLARED = {"setting", "column", "entry", "table", "rule"}  # records declared in foodlots, not read from anybody's file
TYPED = {
    each.name
    for module in (case, errors, plan, desks)
    for record in vars(module).values()
    if is_dataclass(record)
    for each in fields(record)
    if "str" in str(each.type)
} - {"status"}  # fields in which text that somebody typed may stand
NUMERIC_SPEC = set("0123456789.,+-<>^ dfgex%")


@dataclass
class Reader:
    """All functions of some files, to follow texts through."""

    files: tuple[Path, ...]
    functions: dict[str, list[ast.FunctionDef]] = field(default_factory=dict)
    constants: dict[str, list[ast.expr]] = field(default_factory=dict)
    calls: list[tuple[ast.Call, ast.FunctionDef | None]] = field(default_factory=list)
    where: dict[int, str] = field(default_factory=dict)
    home: dict[int, Path] = field(default_factory=dict)
    following: set[tuple] = field(default_factory=set)

    def __post_init__(self):
        for path in self.files:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in tree.body:
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                        self.constants.setdefault(ast.unparse(target), []).append(node.value)
                        self.home[id(node.value)] = path
            self._walk(tree, None, path)

    def _walk(self, node: ast.AST, inside: ast.FunctionDef | None, path: Path) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef):
                self.functions.setdefault(child.name, []).append(child)
                self.home[id(child)] = path
                self._walk(child, child, path)
                continue
            if isinstance(child, ast.Call):
                self.calls.append((child, inside))
                self.where[id(child)], self.home[id(child)] = f"{path.name}:{child.lineno}", path
            self._walk(child, inside, path)

    def unsound(self) -> list[str]:
        """Every text given to Streamlit as Markdown that cannot be followed to a sound beginning."""
        return [
            f"{self.where[id(call)]} {ast.unparse(text)}"
            for call, inside in self.calls
            for text in spoken(call)
            if not self.sound(text, inside)
        ]

    def sound(self, text: ast.expr, inside: ast.FunctionDef | None) -> bool:
        """Whether the text holds no data that md() has not made literal."""
        match text:
            case ast.Constant():
                return True
            case ast.JoinedStr(values=parts):
                return all(self._part(part, inside) for part in parts)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return self.sound(left, inside) and self.sound(right, inside)
            case ast.BoolOp(values=values) | ast.List(elts=values) | ast.Tuple(elts=values):
                return all(self.sound(value, inside) for value in values)
            case ast.IfExp(body=body, orelse=orelse):
                return self.sound(body, inside) and self.sound(orelse, inside)
            case ast.GeneratorExp(elt=elt) | ast.ListComp(elt=elt):
                return self.sound(elt, inside)
            case ast.Dict(values=values):
                return all(self.sound(value, inside) for value in values)
            case ast.Starred(value=value) | ast.NamedExpr(value=value):
                return self.sound(value, inside)
            case ast.Subscript(value=value):
                return self.sound(value, inside)
            case ast.Call():
                return self._called(text, inside)
            case ast.Name(id=name):
                return self._named(name, inside)
            case ast.Attribute(value=ast.Name(id=name), attr=attr):
                return attr not in TYPED or name in DECLARED
            case ast.Attribute(attr=attr):
                return attr not in TYPED
        return False

    def _part(self, part: ast.expr, inside: ast.FunctionDef | None) -> bool:
        if isinstance(part, ast.FormattedValue):
            spec = part.format_spec
            if spec is not None and isinstance(spec, ast.JoinedStr) and spec.values:
                written = "".join(value.value for value in spec.values if isinstance(value, ast.Constant))
                return written[-1:] in set("dfgex,%") and set(written) <= NUMERIC_SPEC
            return self.sound(part.value, inside)
        return isinstance(part, ast.Constant)

    def _called(self, call: ast.Call, inside: ast.FunctionDef | None) -> bool:
        if isinstance(call.func, ast.Attribute):
            if ast.unparse(call.func.value) in ("st", "state"):
                return all(self.sound(each, inside) for each in call.args[1:2])
            whole = call.args[:1] if call.func.attr == "join" else []
            return all(self.sound(each, inside) for each in (call.func.value, *whole))
        name = ast.unparse(call.func)
        if name in FIGURES | OURS:
            return True
        if name in KEEPING:
            return all(self.sound(each, inside) for each in call.args)
        found = self._near(self.functions.get(name, []), call)
        return bool(found) and all(self._returned(function) for function in found)

    def _near(self, nodes: list, node: ast.AST) -> list:
        """Those in the same file, where there are any."""
        return [each for each in nodes if self.home[id(each)] == self.home[id(node)]] or nodes

    def _returned(self, function: ast.FunctionDef) -> bool:
        with self._once(("return", id(function))) as new:
            returned = [node.value for node in ast.walk(function) if isinstance(node, ast.Return | ast.Yield)]
            return not new or all(value is None or self.sound(value, function) for value in returned)

    def _named(self, name: str, inside: ast.FunctionDef | None) -> bool:
        with self._once((name, id(inside))) as new:
            if not new:
                return True
            given = list(assigned(name, inside)) if inside else []
            if given:
                return all(self.sound(value, inside) for value in given)
            if inside and (place := place_of(name, inside)) is not None:
                return self._parameter(name, place, inside)
            if name.isupper() and name not in self.constants:
                return True  # a constant of ours from elsewhere
            known = self.constants.get(name, [])
            return bool(known) and all(
                self.sound(value, None) for value in (self._near(known, inside) if inside else known)
            )

    def _parameter(self, name: str, place: int, function: ast.FunctionDef) -> bool:
        private = function.name.startswith("_")
        return all(
            value is None or self.sound(value, at)
            for call, at in self.calls
            if ast.unparse(call.func).split(".")[-1] == function.name
            and (not private or self.home[id(call)] == self.home[id(function)])
            for value in (argument(call, name, place),)
        )

    def _once(self, key: tuple):
        return Once(self.following, key)


class Once:
    """Says whether something is being followed for the first time, and forgets it afterwards."""

    def __init__(self, following: set, key: tuple):
        self.following, self.key = following, key

    def __enter__(self) -> bool:
        self.new = self.key not in self.following
        self.following.add(self.key)
        return self.new

    def __exit__(self, *trouble):
        if self.new:
            self.following.discard(self.key)


def spoken(call: ast.Call) -> Iterator[ast.expr]:
    """The texts of a call that Streamlit reads as Markdown."""
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in MARKDOWN:
        return
    yield from call.args[: call.func.attr != "page_link"]
    yield from (keyword.value for keyword in call.keywords if keyword.arg in SPOKEN)


def assigned(name: str, function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Every value a name is given in a function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                yield from unpacked(name, target, node.value)
        elif isinstance(node, ast.NamedExpr | ast.AugAssign | ast.AnnAssign) and ast.unparse(node.target) == name:
            yield from [node.value] if node.value else []
        elif isinstance(node, ast.For | ast.comprehension) and name in names_in(node.target):
            yield from looped(name, node)


def looped(name: str, loop: ast.For | ast.comprehension) -> Iterator[ast.expr]:
    """What a loop gives a name: the elements in its place where they are written out, else the whole."""
    rows = loop.iter.elts if isinstance(loop.iter, ast.Tuple | ast.List) else None
    if rows is None:
        yield loop.iter
        return
    for row in rows:
        yield from unpacked(name, loop.target, row)


def unpacked(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """The part of a value that goes to a name."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        parts = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts) else None
        for index, each in enumerate(target.elts):
            yield from unpacked(name, each, parts[index] if parts else value)


def names_in(target: ast.expr) -> set[str]:
    """The names a target sets."""
    return {node.id for node in ast.walk(target) if isinstance(node, ast.Name)}


def place_of(name: str, function: ast.FunctionDef) -> int | None:
    """Where a name stands among a function's parameters, None when it is none of them."""
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    if function.args.vararg and function.args.vararg.arg == name:
        return len(names)
    return names.index(name) if name in names else None


def argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    """What a call gives a parameter, None when it leaves it to its default."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place < len(call.args) else None
