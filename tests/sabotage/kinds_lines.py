"""Files of text whose rows are broken: figures apart from the county's name, a comma that splits a figure."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_from_string

from tests.sabotage.planting import ROW, Desk, Draft, kind

Break = Callable[[list[str], Draft], list[list[str]]]
"""The fields of a county's row, as the rows that it becomes."""


def broken(name: str, title: str, *causes: str) -> Callable[[Break], Break]:
    """A kind that breaks the row of a county in an export as text."""

    def register(broken_up: Break) -> Break:
        @kind(name, ROW, title, *causes, in_files=True)
        def plant(desk: Desk) -> Draft | None:
            draft = desk.draft("M01", ("psbc",))
            if desk.history.files[draft.clean.sha256].suffix != ".csv":
                return None
            area = desk.random.choice(draft.counties)
            draft.also.add((area, ""))
            draft.alter_lines = change
            return draft

        def change(lines: list[str], draft: Draft) -> str:
            ((area, _),) = draft.also
            _, row = coordinate_from_string(draft.seen[area, "outstanding_amount", "", 0].cell)
            (fields,) = csv.reader([lines[row - 1]])
            rows = broken_up(fields, draft)
            lines[row - 1 : row] = [_line(one) for one in rows]
            return " ".join(
                f"{get_column_letter(column)}{row + below}"
                for below, one in enumerate(rows)
                for column in range(1, len(one) + 1)
            )

        plant.__doc__ = broken_up.__doc__
        return broken_up

    return register


def _line(fields: list[str]) -> str:
    text = StringIO()
    csv.writer(text, lineterminator="").writerow(fields)
    return text.getvalue()


@broken("line-name-apart", "文本文件里县区名称与它的数字断成两行", "F06", "F07", "A16")
def name_apart(fields: list[str], draft: Draft) -> list[list[str]]:
    """A county's name stands on a line, its figures on the next."""
    del draft
    return [fields[:1], fields[1:]]


@broken("line-figures-apart", "文本文件里县区的数字另起一行，名称一行其余各格空着", "F06", "F07", "A16")
def figures_apart(fields: list[str], draft: Draft) -> list[list[str]]:
    """A county's name stands in a row of blanks, its figures in their columns on the next."""
    del draft
    return [[fields[0], *([""] * (len(fields) - 1))], ["", *fields[1:]]]


@broken("line-split", "文本文件里一个县区的行从中间断成两行", "F06", "F07", "A16")
def split(fields: list[str], draft: Draft) -> list[list[str]]:
    """A county's row breaks off somewhere, and goes on on the next line."""
    at = draft.random.randint(3, len(fields) - 3)
    return [fields[:at], fields[at:]]


@broken("line-comma", "文本文件里一个数的千分位逗号没有加引号", "F06", "F07")
def comma(fields: list[str], draft: Draft) -> list[list[str]]:
    """A thousands' comma without quotes makes two figures of one."""
    at = draft.random.choice([at for at, text in enumerate(fields) if "," in text])
    return [[*fields[:at], *fields[at].split(","), *fields[at + 1 :]]]
