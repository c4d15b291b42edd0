"""Our own letters among what is sent in: kept, and told for what they are; nothing in them is read as a report."""

from __future__ import annotations

from pipeline.ingest.account import Account, Role
from pipeline.ingest.faults import Faults
from pipeline.model.own_letters import NOTICE, called


def account_for(account: Account, faults: Faults) -> str:
    """What a letter of ours is called: then all of it is accounted for, and a note tells it; empty of others."""
    rows = (tuple("".join(str(cell.value).split()) for cell in account.row(row)) for row in account.rows)
    letter = called(rows)
    if letter:
        account.mark(account.sheet.cells.values(), Role.OWN_LETTER)
        answers = "核实说明请写在随附的工作簿里。" if letter == called([NOTICE]) else ""
        faults.add(
            "F09",
            f"这是本办发出的《{letter}》，已登记存档，内容不作为报表读取。{answers}",
            sheet=account.sheet.name,
        )
    return letter
