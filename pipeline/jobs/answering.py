"""Explanations that came home in lists of findings: accepted into the journal, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.catalog import Catalog
from pipeline.jobs.clock import Clock
from pipeline.jobs.explanations import why_refused
from pipeline.jobs.finding_rows import told_figures
from pipeline.jobs.unsigned import how_to_sign, room_of
from pipeline.model import Answer, ReceivedFile, Severity
from pipeline.model.answers import UNSIGNED
from pipeline.store import journal, records
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection


@dataclass(slots=True)
class Answered:
    """What became of the answers in one file, to be told in the order in which they stand."""

    file: str
    accepted: int = 0
    settled: int = 0
    """About what is corrected already, or is explained in the same words."""
    signed: int = 0
    """In words that were accepted before without a name, and now have one."""
    unsigned: list[Answer] = field(default_factory=list)
    """Accepted although nobody says who gives them: the unit is known from the list."""
    refused: list[tuple[Answer, str]] = field(default_factory=list)


def take_answers(
    connection: Connection, came: Sequence[tuple[ReceivedFile, Sequence[Answer]]], catalog: Catalog, clock: Clock
) -> list[Answered]:
    """Journal every answer of these files; call when all findings on what came with them are in the store.

    An answer is bound to the finding's figure as it now stands; where the list shows another figure, to none. What is
    refused is journalled too: the next notice says so.
    """
    told = []
    for received, answers in came:
        answered = Answered(received.name)
        for answer in answers:
            _take(connection, received, answer, catalog, clock, answered)
        if answers:
            told.append(answered)
    return told


def _take(
    connection: Connection, received: ReceivedFile, answer: Answer, catalog: Catalog, clock: Clock, answered: Answered
) -> None:
    upto = journal.vintage_at(connection, "9999")
    stored = _finding(connection, upto, answer.finding)
    if stored is None:
        answered.refused.append((answer, f"没有编号为“{answer.finding[:20]}”的审核问题，请用退回工作簿中的编号"))
        return
    by, said_by = answer.by or received.sender or UNSIGNED, _said_by(connection, upto, stored, answer)
    if stored.until is not None or (said_by and (by == UNSIGNED or said_by != UNSIGNED)):
        answered.settled += 1
        return
    body = {
        "finding": stored.id,
        "period": stored.finding.period,
        "submission": stored.finding.submission,
        "value": stored.finding.value,
        "text": answer.text,
        "by": by,
        "file": received.name,
        "sha256": received.sha256,
        "sheet": answer.sheet,
        "cell": answer.cell,
    }
    if why := _why_not(stored, answer, catalog, clock):
        journal.append(connection, journal.ANSWER_REFUSED, clock.text, {**body, "why": why})
        answered.refused.append((answer, why))
        return
    unsigned = by == UNSIGNED
    journal.append(
        connection, journal.EXPLAINED, clock.text, {**body, **({"sign_at": room_of(answer)} if unsigned else {})}
    )
    answered.signed += said_by == UNSIGNED
    answered.accepted += said_by != UNSIGNED
    answered.unsigned += [answer] if unsigned else []


def _finding(connection: Connection, upto: int, said: str) -> StoredFinding | None:
    """The finding with this id that holds now, else the last that held."""
    found = records.findings(connection, upto, id_prefix=said) if said.startswith("F") else []
    own = [stored for stored in found if stored.id == said]
    return next((stored for stored in reversed(own) if stored.until is None), own[-1] if own else None)


def _said_by(connection: Connection, upto: int, stored: StoredFinding, answer: Answer) -> str:
    """By whom the same words are on record for this figure, if they are: a list may come home more than once."""
    known = journal.entries(connection, (journal.EXPLAINED,), upto, (stored.finding.period,))
    same = stored.id, stored.finding.value, answer.text
    return next(
        (e.body["by"] for e in reversed(known) if (e.body["finding"], e.body["value"], e.body["text"]) == same), ""
    )


def _why_not(stored: StoredFinding, answer: Answer, catalog: Catalog, clock: Clock) -> str:
    if stored.finding.severity is Severity.HARD:
        return "强制性问题不能用说明代替，请在原表改正后重新报送"
    if stored.finding.severity is Severity.NOTE:
        return "这是提示，不需要说明"
    now, _, measure = told_figures(stored.finding, catalog)
    if answer.value and _bare(answer.value.removesuffix(measure)) != _bare(now):
        return f"说明针对的填报数是{answer.value}，现在是{now or '空白'}，请按现在的数重新核对说明"
    return why_refused(answer.text, catalog, clock)


def _bare(text: str) -> str:
    """A figure as it is compared: without thousands, and without noughts that say nothing."""
    plain = "".join(text.split()).replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def answer_lines(answered: Sequence[Answered]) -> list[str]:
    """What became of them, a sentence a file and one for each that is refused."""
    lines = []
    for one in answered:
        parts = [f"采纳{one.accepted}条"]
        parts += [f"已更正或已说明过{one.settled}条"] if one.settled else []
        parts += [f"补署名{one.signed}条"] if one.signed else []
        parts += [f"不予受理{len(one.refused)}条"] if one.refused else []
        lines.append(f"《{one.file}》带回核实说明：{'，'.join(parts)}。")
        lines += (
            [f"  其中{len(one.unsigned)}条没有署名：{how_to_sign(map(room_of, one.unsigned))}。"]
            if one.unsigned
            else []
        )
        lines += [
            f"  单元格{answer.cell}（{answer.finding}）“{answer.text[:30]}”：{why.removesuffix('。')}。"
            for answer, why in one.refused
        ]
    return lines
