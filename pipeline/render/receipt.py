"""The receipt 「回执」 to one reporting unit as a letter: what of it is accepted, when it came, under which number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.model.own_letters import RECEIPT
from pipeline.render.letters import Letter, LetterTable, letterhead
from pipeline.render.stamp import Stamp

TEMPLATE = "回执.docx"
_WIDTHS = (16.0, 38.0, 30.0, 22.0, 50.0)
_CENTRED = frozenset({0, 2, 3})
_DIGEST = 16


@dataclass(frozen=True, slots=True)
class Accepted:
    """One submission that counts. `number` is the journal's, `how` says in time or how late."""

    number: int
    form: str
    received_at: str
    how: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one unit gets a receipt for; `waiting` says what is still asked of it, empty where nothing is."""

    unit: str
    accepted: Sequence[Accepted]
    waiting: str
    stamp: Stamp


def receipt_letter(receipt: Receipt) -> Letter:
    """Its words, by the names that the template knows."""
    stamp = receipt.stamp
    values = {
        **letterhead(stamp, receipt.unit),
        "待办": receipt.waiting,
        "版本": stamp.vintage,
    }
    rows = [
        (str(one.number), one.form, one.received_at, one.how, f"{PurePosixPath(one.file).name}　{one.sha256[:_DIGEST]}")
        for one in receipt.accepted
    ]
    table = LetterTable(RECEIPT, rows, _WIDTHS, _CENTRED)
    return Letter(values, f"报表接收回执（{receipt.unit}）", stamp.office, stamp.created, {"接收表": table})
