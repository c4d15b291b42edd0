"""Explanations that came home in lists of findings: accepted into the journal, or refused with a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pipeline.catalog import Catalog
from pipeline.jobs.asked_before import AskedBefore, bare
from pipeline.jobs.clock import Clock
from pipeline.jobs.explanations import why_refused
from pipeline.jobs.finding_rows import accused_figures, told_figures
from pipeline.jobs.unsigned import how_to_sign, room_of
from pipeline.model import Answer, ReceivedFile, Severity
from pipeline.model.answers import UNSIGNED, VALUE
from pipeline.render.finding_rows import is_figure
from pipeline.store import journal
from pipeline.store.records import StoredFinding
from pipeline.store.store import Connection

_FEW = 6
"""Entries that are named one by one."""


@dataclass(slots=True)
class Answered:
    """What became of the answers in one file, to be told in the order in which they stand."""

    file: str
    accepted: int = 0
    settled: int = 0
    """About what is corrected already, or is explained in the same words."""
    signed: int = 0
    """In words that were accepted before without a name, and now have one."""
    replaced: int = 0
    """Accepted in the place of other words about the same figure."""
    entries: list[int] = field(default_factory=list)
    """The journal entries of what was accepted: by these it can be undone."""
    unsigned: list[Answer] = field(default_factory=list)
    """Accepted although nobody says who gives them: the unit is known from the list."""
    refused: list[tuple[Answer, str]] = field(default_factory=list)

    @property
    def counted(self) -> int:
        """How many rows there is something to tell of."""
        return self.accepted + self.settled + self.signed + len(self.refused)


def take_answers(
    connection: Connection, came: Sequence[tuple[ReceivedFile, Sequence[Answer]]], catalog: Catalog, clock: Clock
) -> list[Answered]:
    """Journal every answer of these files; call when all findings on what came with them are in the store.

    An answer is bound to the finding's figure as it now stands; where the list shows another figure, to none, unless
    the figure came in the same file. What is refused is journalled too: the next notice says so.
    """
    told: list[Answered] = []
    if not any(answers for _, answers in came):
        return told
    asked = AskedBefore(connection, catalog)
    for received, answers in came:
        answered = Answered(received.name)
        for answer, stored in _each_question_once(answers, asked):
            _take(connection, received, answer, stored, asked, catalog, clock, answered)
        if answered.counted:
            told.append(answered)
    return told


def _each_question_once(answers: Sequence[Answer], asked: AskedBefore) -> Iterable[tuple[Answer, StoredFinding | str]]:
    """The rows of a list with what they speak of; of several about one figure all that is said."""
    found: dict[tuple[str, ...], tuple[Answer, StoredFinding | str]] = {}
    for answer in answers:
        stored = asked.find(answer)
        key = (answer.sheet, answer.cell, answer.finding) if isinstance(stored, str) else (stored.id, answer.value)
        before = found.get(key, (answer, stored))[0]
        texts = dict.fromkeys(text for text in (before.text, answer.text) if text)
        authors = dict.fromkeys(by for by in (before.by, answer.by) if by)
        by, text, doubt = "、".join(authors), "\n".join(texts), before.doubt or answer.doubt
        found[key] = (replace(before, by=by, text=text, doubt=doubt), stored)
    return found.values()


def _take(
    connection: Connection,
    received: ReceivedFile,
    answer: Answer,
    stored: StoredFinding | str,
    asked: AskedBefore,
    catalog: Catalog,
    clock: Clock,
    answered: Answered,
) -> None:
    if isinstance(stored, str) or not (answer.text or answer.doubt or _is_retyped(stored, answer, asked, catalog)):
        if isinstance(stored, str) and (answer.text or answer.doubt):
            answered.refused.append((answer, stored))
        return
    why = _why_not(stored, received, answer, asked, catalog, clock)
    said = _said(connection, stored)
    by, said_by = answer.by or received.sender or UNSIGNED, said.get(answer.text, "")
    if _is_settled(stored, answer, asked, why) or (said_by and (by == UNSIGNED or said_by != UNSIGNED)):
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
    if why:
        journal.append(connection, journal.ANSWER_REFUSED, clock.text, {**body, "why": why})
        answered.refused.append((answer, why))
        return
    unsigned = by == UNSIGNED
    made = journal.append(
        connection, journal.EXPLAINED, clock.text, {**body, **({"sign_at": room_of(answer)} if unsigned else {})}
    )
    answered.entries.append(made.seq)
    answered.replaced += bool(said) and not said_by
    answered.signed += said_by == UNSIGNED
    answered.accepted += said_by != UNSIGNED
    answered.unsigned += [answer] if unsigned else []


def _is_settled(stored: StoredFinding, answer: Answer, asked: AskedBefore, why: str) -> bool:
    """Whether nothing is asked any more: what counts and what was sent last are free of it.

    A cause that is given is kept all the same.
    """
    return stored.until is not None or (not asked.is_asked(stored) and bool(why))


def _said(connection: Connection, stored: StoredFinding) -> dict[str, str]:
    """What is on record for this figure, with who said it: a list may come home more than once."""
    upto = journal.vintage_at(connection, "9999")
    known = journal.in_effect(journal.entries(connection, journal.DECISIONS, upto, (stored.finding.period,)))
    about = stored.id, stored.finding.value
    said = (e.body for e in known if e.kind == journal.EXPLAINED)
    return {body["text"]: body["by"] for body in said if (body["finding"], body["value"]) == about}


def _why_not(
    stored: StoredFinding, received: ReceivedFile, answer: Answer, asked: AskedBefore, catalog: Catalog, clock: Clock
) -> str:
    now, _, measure = told_figures(stored.finding, catalog)
    if _is_retyped(stored, answer, asked, catalog):
        left = "原表没有改动" if stored.finding.accused else f"原表仍是{now}{measure}"
        return f"清单的“{VALUE}”改成了{answer.value}，清单里的数不读入，{left}，请在原表改正"
    if stored.finding.severity is Severity.HARD:
        return "强制性问题不能用说明代替，请在原表改正后重新报送"
    if stored.finding.severity is Severity.NOTE:
        return "这是提示，不需要说明"
    if answer.doubt:
        return answer.doubt
    shown = answer.value and bare(answer.value, measure)
    if shown and shown != bare(now, measure) and stored.finding.sha256 != received.sha256:
        figure = f"{now}{measure}" if now else "空白"
        return f"说明针对的填报数是{answer.value}，现在是{figure}，请按现在的数重新核对说明"
    return why_refused(answer.text, catalog, clock)


def _is_retyped(stored: StoredFinding, answer: Answer, asked: AskedBefore, catalog: Catalog) -> bool:
    """Whether somebody typed a figure into the list that was never reported: meant as a correction, and lost there."""
    own = [told_figures(version.finding, catalog) for version in asked.versions(stored.id)]
    others = [figure for version in asked.versions(stored.id) for figure in accused_figures(version.finding, catalog)]
    told = [(bare(value, measure), bare(answer.value, measure)) for value, _, measure in (*own, *others)]
    is_new = any(is_figure(shown) for _, shown in told) and all(was != shown for was, shown in told)
    return is_new and all(is_figure(was) for was, _ in told[: len(own)])


def _numbers(entries: Sequence[int]) -> str:
    """「388、389」; of many 「388至401」."""
    return "、".join(map(str, entries)) if len(entries) <= _FEW else f"{entries[0]}至{entries[-1]}"


def answer_lines(answered: Sequence[Answered]) -> list[str]:
    """What became of them, a sentence a file and one for each that is refused."""
    lines = []
    for one in answered:
        parts = [f"采纳{one.accepted}条"]
        parts += [f"其中{one.replaced}条代替了此前的说明"] if one.replaced else []
        parts += [f"已更正或已说明过{one.settled}条"] if one.settled else []
        parts += [f"补署名{one.signed}条"] if one.signed else []
        parts += [f"不予受理{len(one.refused)}条"] if one.refused else []
        numbers = f"记录号{_numbers(one.entries)}，采纳有误的可用 undo 撤销。" if one.entries else ""
        lines.append(f"《{one.file}》带回核实说明：{'，'.join(parts)}。{numbers}")
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
