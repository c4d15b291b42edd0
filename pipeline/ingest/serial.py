"""Serial numbers of days, as workbooks store dates."""

from __future__ import annotations

from datetime import datetime, time

import xlrd
from xlrd.formatting import is_date_format_string
from xlrd.xldate import XLDateError, xldate_as_datetime

from pipeline.model import CellKind, Scalar


def is_date(code: str) -> bool:
    """Whether a format code shows a number as a day or a time."""
    return bool(is_date_format_string(xlrd.Book(), code))


def read_serial(serial: float, since_1904: bool) -> tuple[CellKind, Scalar]:
    """A day, a moment, or the text of a time of day; a number that is no day stays the number it is."""
    if serial < 0:
        return CellKind.NUMBER, serial
    try:
        moment: datetime = xldate_as_datetime(serial, int(since_1904))
    except (XLDateError, ValueError, OverflowError):
        return CellKind.NUMBER, serial
    if serial < 1:
        return CellKind.DATE, str(moment.time())
    return CellKind.DATE, moment.date() if moment.time() == time() else moment
