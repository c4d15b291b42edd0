"""Serial numbers of days, as workbooks store dates."""

from __future__ import annotations

from datetime import datetime, time

from xlrd.xldate import XLDateError, xldate_as_datetime

from pipeline.model import CellKind, Scalar

BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Numbers of the formats of days and times that a workbook need not write out, the East Asian ones too."""


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
