"""Credit lines, ratings and the register of households cover what is lent (A12)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Bound
from pipeline.validate.frames import Book, Hit
from pipeline.validate.registry import DUTY, rule, soft

PAIRS = (
    ("credit_line_households", "outstanding_households"),
    ("credit_line_amount", "outstanding_amount"),
    ("rated_households", "credit_line_households"),
    ("registered_households", "eligible_households"),
)
"""The first is at least the second."""
OUTSTANDING = ("outstanding_households", "outstanding_amount")
_OF_LINES = "授信含贷款未结清而额度已到期的户，一般不小于贷款余额。"


@rule(
    "A12",
    level=1,
    title="授信不小于余额，评级不少于授信，建档立卡户数不少于有意愿户数",
    subject="评级授信",
    source=DUTY,
    reads=("M01",),
    breaks={
        "lines": soft("{also}{cases}。{hint}请核实；如属实，请说明原因。", Bound.AT_LEAST),
    },
)
def lines_cover_loans(book: Book) -> Iterator[Hit]:
    """Credit lines ≥ outstanding (households, amount); rated ≥ credit lines; registered ≥ eligible; one a unit."""
    found: dict[int, list[tuple[int, str, str]]] = {}
    for larger, smaller in PAIRS:
        for row in book.where(book.now_natural(larger) < book.now_natural(smaller)):
            found.setdefault(book.records[row].submission, []).append((row, larger, smaller))
    for cases in found.values():
        cases.sort(key=lambda case: case[0])
        row, larger, smaller = cases[0]
        yield book.hit(
            "lines",
            row,
            larger,
            int(book.now(smaller)[row]),
            also=f"共{len(cases)}处上下不衔接：" if len(cases) > 1 else "",
            cases="；".join(_case(book, *case) for case in cases),
            hint=_OF_LINES if any(smaller in OUTSTANDING for _, _, smaller in cases) else "",
        )


def _case(book: Book, row: int, larger: str, smaller: str) -> str:
    record = book.records[row]
    one, other = (f"“{book.label(code)}”{book.say(code, int(book.now(code)[row]))}" for code in (larger, smaller))
    return f"{book.area_name(record.area, record.submission)}{one}小于{other}"
