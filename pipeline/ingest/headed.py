"""At which cells a sheet says whose it is and about when, and on which day it says that it was made out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipeline.ingest.account import Account
from pipeline.ingest.heading import packed
from pipeline.ingest.identity import Identity
from pipeline.model import Cell

_MADE_OUT = re.compile(r"(?:报出|填报|填表|制表|报送|上报)(?:日期|时间)[:：]?(?P<day>.*)")
_DAY = re.compile(r"(?P<year>20\d\d)[年./-]?(?P<month>\d{1,2})[月./-]?(?P<day>\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Headed:
    """Addresses are empty where no cell says it alone; `made_out` is 报出日期, None where none is written."""

    unit_at: str = ""
    period_at: str = ""
    made_out: date | None = None


def headed(who: Identity, account: Account) -> Headed:
    """What the sheet of a table says around it, beside unit and period themselves."""
    return Headed(who.unit_at, who.period_at, _made_out(account))


def _made_out(account: Account) -> date | None:
    """The day behind 报出日期, in the same cell or in the next one."""
    for row in account.rows:
        cells = account.row(row)
        for at, cell in enumerate(cells):
            if isinstance(cell.value, str) and (found := _MADE_OUT.search(packed(cell.value))):
                day = _day(found["day"]) or (_day_of(cells[at + 1]) if at + 1 < len(cells) else None)
                if day:
                    return day
    return None


def _day_of(cell: Cell) -> date | None:
    return _day(f"{cell.value:%Y-%m-%d}" if isinstance(cell.value, date) else packed(str(cell.value)))


def _day(text: str) -> date | None:
    found = _DAY.match(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
