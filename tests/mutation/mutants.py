"""Mutants of a source: one operator, bound or truth value changed at a time.

Not mutated: strings and what is put together of them, annotations, the options of `@dataclass`, and the `strict` of
`zip`, which is a statement about the program and not about data.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

_TURNED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitXor: (ast.BitAnd,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}
"""Operator → what stands in its place: of a comparison its neighbour at the bound, and its contrary."""
_PUT_IN_FRONT = (ast.Not, ast.USub, ast.Invert)
_LONGEST = 88


@dataclass(frozen=True)
class Mutant:
    """One change: where, what stood there, what stands there now, and the module that this makes."""

    path: str
    line: int
    within: str
    was: str
    now: str
    code: CodeType

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What it is called in the list of equivalent mutants; lines move, this does not."""
        return self.path, self.within, self.was, self.now


@dataclass(frozen=True)
class _Place:
    """Where a node hangs."""

    holder: ast.AST
    field: str
    index: int | None
    above: tuple[ast.AST, ...]
    """All nodes on the way, the module first, the holder last."""

    @property
    def node(self) -> ast.AST:
        held = getattr(self.holder, self.field)
        return held if self.index is None else held[self.index]

    def put(self, node: ast.AST) -> None:
        """Hang another node here."""
        if self.index is None:
            setattr(self.holder, self.field, node)
        else:
            getattr(self.holder, self.field)[self.index] = node


def mutants(source: str, path: str) -> Iterator[Mutant]:
    """All mutants of a source, in its order."""
    tree = ast.parse(source)
    for place in list(_places(tree)):
        shown = _shown(place)
        was, old = _said(shown, place), place.node
        for new in _instead_of(old, place.holder):
            place.put(ast.copy_location(new, old) if isinstance(old, ast.expr) else new)
            now, code = _said(shown, place), compile(tree, path, "exec")
            place.put(old)
            yield Mutant(path, _line(place), _within(place), was, now, code)


# ------------------------------------------------------------------ where


def _places(node: ast.AST, above: tuple[ast.AST, ...] = ()) -> Iterator[_Place]:
    above = (*above, node)
    for field, held in ast.iter_fields(node):
        for index, child in enumerate(held) if isinstance(held, list) else [(None, held)]:
            if isinstance(child, ast.AST) and not _is_left_alone(node, field, child):
                yield _Place(node, field, index, above)
                yield from _places(child, above)


def _is_left_alone(holder: ast.AST, field: str, child: ast.AST) -> bool:
    if field in {"annotation", "returns", "format_spec"}:
        return True
    if field == "decorator_list" and isinstance(child, ast.Call):
        return ast.unparse(child.func) == "dataclass"
    is_of_zip = isinstance(holder, ast.Call) and ast.unparse(holder.func) == "zip"
    return is_of_zip and field == "keywords"


def _instead_of(node: ast.AST, holder: ast.AST) -> Iterator[ast.AST]:
    """What a node is exchanged for."""
    if type(node) in _TURNED and not _is_of_strings(holder):
        yield from (operator() for operator in _TURNED[type(node)])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, _PUT_IN_FRONT):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield from (ast.Constant(round(node.value * 1.1, 6)), ast.Constant(round(node.value * 0.9, 6)))


def _is_of_strings(node: ast.AST) -> bool:
    """Whether an operation puts text together."""
    if isinstance(node, ast.BinOp):
        return _is_of_strings(node.left) or _is_of_strings(node.right)
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


# ------------------------------------------------------------------ words


def _shown(place: _Place) -> ast.AST | None:
    """The largest expression or simple statement around a place that is one line to read; None: only its own."""
    shown = None
    for node in reversed(place.above):
        simple = isinstance(node, ast.expr | ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return)
        if isinstance(node, ast.stmt) and not simple:
            break
        if simple and len(ast.unparse(node)) <= _LONGEST:
            shown = node
    return shown


def _said(shown: ast.AST | None, place: _Place) -> str:
    if shown is not None:
        return ast.unparse(shown)
    node = place.node if isinstance(place.node, ast.expr) else place.holder
    return " ".join(ast.unparse(node).split())


def _line(place: _Place) -> int:
    """The line; of what is inside an f-string the line where that begins, the only one that is known."""
    lined = [node for node in place.above if hasattr(node, "lineno")]
    text = next((node for node in lined if isinstance(node, ast.JoinedStr)), None)
    if text is not None:
        return int(text.lineno)
    return int(getattr(place.node, "lineno", 0) or (lined[-1].lineno if lined else 0))


def _within(place: _Place) -> str:
    named = (ast.FunctionDef, ast.ClassDef)
    return ".".join(node.name for node in place.above if isinstance(node, named))
