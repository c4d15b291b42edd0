"""What goes back to those who report: a notice of all that is asked, and their own workbooks marked 「退回单」."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from pipeline.catalog import Catalog
from pipeline.jobs.asked_cells import other_cells
from pipeline.jobs.explained import Explanation, a_month_ago, called_before
from pipeline.jobs.explanations import GIVES_NO_CAUSE
from pipeline.jobs.finding_rows import finding_rows
from pipeline.jobs.marking import marked_copies
from pipeline.jobs.materials import Materials
from pipeline.jobs.month import MonthView
from pipeline.jobs.questions import answer_days_in_letters
from pipeline.jobs.ranking import Ranking
from pipeline.jobs.unsigned import asked_to_sign, unsigned
from pipeline.model import DOCUMENT, Severity
from pipeline.model.answers import AUTHOR
from pipeline.periods import period_label
from pipeline.render.finding_rows import FindingRow
from pipeline.render.harmless import path_part
from pipeline.render.letters import day_shown, letter_bytes
from pipeline.render.marked_content import Asked, AskedCell, MarkedContent, MarkedCopy
from pipeline.render.notice import Notice, notice_letter
from pipeline.render.stamp import Stamp
from pipeline.store import journal
from pipeline.store.records import Record
from pipeline.store.store import Connection
from pipeline.store.whose import sheets_of_units
from pipeline.validate.verdicts import State

FOLDER, TEMPLATE, MARKED = "退回单", "退回通知.docx", "（标注）"
LONGEST_NAME = 80
_TOLD_IN = "万元"
"""The unit of money of all messages, whatever that of the file."""
_HOW = {
    Severity.HARD: "强制性问题：请在{faulty}中改正。",
    Severity.SOFT: (
        "核实性问题：有误的在{original}改正；属实的，在“核实说明”栏写明具体原因，"
        "如涉及哪几户、哪项业务（“情况属实”“已核实”等没有原因的说明不予受理）。"
    ),
}
_IN_CELLS = {"faulty": "原表的填色单元格", "original": "原表"}
_IN_A_DOCUMENT = {"faulty": "原文件", "original": "原文件"}
_SIGN = f"写了核实说明的，请在“{AUTHOR}”后填上姓名。"
_KEEP = "发回时请保留本工作表，不要改动“问题编号”。"


@dataclass(frozen=True, slots=True)
class _Sent:
    """One file of a unit, the submissions in it that are asked about, and what is asked."""

    sha256: str
    name: str
    records: tuple[Record, ...]
    asked: tuple[Asked, ...]


def notices(
    connection: Connection, seen: MonthView, catalog: Catalog, ranking: Ranking, stamp: Stamp, materials: Materials
) -> Callable[[], dict[str, bytes]]:
    """For each unit that has something to correct or to explain: a letter and its marked workbooks, by path.

    The workbooks are begun with this call. What is returned, when called, waits for them, and writes the letters: they
    say what a copy has not kept of its original.
    """
    refused = refused_answers(connection, seen)
    asked_of = _by_unit(seen, catalog, ranking, refused, a_month_ago(connection, seen))
    answers = answer_days_in_letters(connection, seen, catalog, date.fromisoformat(stamp.as_of))
    nameless = unsigned(seen)
    names = {unit: catalog.units.by_id[unit].name(seen.month) for unit in asked_of}
    folders = {unit: f"{FOLDER}/{path_part(name, LONGEST_NAME)}" for unit, name in names.items()}
    whose = sheets_of_units(connection, (one.sha256 for sent in asked_of.values() for one in sent))
    contents: dict[str, dict[str, MarkedContent]] = {}
    told: dict[str, Notice] = {}
    for unit, sent in asked_of.items():
        for one, file in zip(sent, _names(sent), strict=True):
            content = _content(one, names[unit], seen, stamp, answers[unit], _own_sheets(unit, whose[one.sha256]))
            contents.setdefault(one.sha256, {})[f"{folders[unit]}/{file}"] = content
        to_sign = asked_to_sign(one for one in nameless if one.unit == unit)
        told[folders[unit]] = _notice(names[unit], sent, seen, catalog, stamp, answers[unit], to_sign)
    marking = marked_copies(materials.archive, contents)

    def made() -> dict[str, bytes]:
        copies = dict(marking)
        letters = {f"{folder}/{TEMPLATE}": _letter(folder, one, copies, materials) for folder, one in told.items()}
        return letters | {path: copy.data for path, copy in copies.items()}

    return made


def _letter(folder: str, notice: Notice, copies: Mapping[str, MarkedCopy], materials: Materials) -> bytes:
    missed = {file: copies[f"{folder}/{file}"].lost for file in notice.files}
    return letter_bytes(TEMPLATE, notice_letter(replace(notice, lost=_lost(missed))), materials.own)


def _own_sheets(unit: str, whose: Mapping[str, Set[str]]) -> frozenset[str] | None:
    """The sheets of a file that go back to a unit: all where it alone reports in it, else those that are only its."""
    others = {sheet for other, sheets in whose.items() if other != unit for sheet in sheets}
    return frozenset(whose[unit] - others) if len(whose) > 1 else None


def _lost(missed: Mapping[str, Sequence[str]]) -> str:
    """What marked copies lack of their originals, in a sentence; empty where they lack nothing."""
    told = [f"《{file}》没有保留原件中的{'、'.join(lost)}" for file, lost in missed.items() if lost]
    return f"所附工作簿由程序另存，{'；'.join(told)}，请勿用它代替你单位的原件。" if told else ""


def refused_answers(connection: Connection, seen: MonthView) -> dict[tuple[str, str], str]:
    """(finding, value) → what was answered last and not accepted, and why, as a sentence."""
    periods = (str(seen.month), str(seen.month.year))
    entries = journal.entries(connection, (journal.ANSWER_REFUSED,), seen.upto, periods)
    return {(entry.body["finding"], entry.body["value"]): _refusal(entry.body) for entry in entries}


def _refusal(answer: Mapping[str, str]) -> str:
    why = answer["why"].partition("。")[0]
    said = f"上次的说明“{answer['text']}”" if answer["text"] else "上次的回复"
    return f"{said}{why}。" if why == GIVES_NO_CAUSE else f"{said}不予受理：{why}。"


def _by_unit(
    seen: MonthView,
    catalog: Catalog,
    ranking: Ranking,
    refused: Mapping[tuple[str, str], str],
    before: Mapping[str, Explanation],
) -> dict[str, list[_Sent]]:
    """What each unit is asked, file by file, in the register's order; in a file by what it moves."""
    records = {standing.record.id: standing.record for standing in seen.standings}
    rows = {(row.submission, row.id): row for row in finding_rows(seen, catalog, ranking)}
    found: dict[tuple[str, str], list[tuple[Record, Asked]]] = {}
    for stored in ranking.sorted(seen.told):
        row, record = rows[stored.finding.submission, stored.id], records.get(stored.finding.submission)
        if record is not None and row.status == "open" and row.severity is not Severity.NOTE:
            said = before.get(called_before(stored.finding, seen))
            told = refused.get((stored.id, stored.finding.value), "")
            others = other_cells(stored.finding, catalog, seen.month)
            asked = _asked(row, others, told, said.dated if said else "")
            found.setdefault((record.unit, record.sha256), []).append((record, asked))
    _ask_once(found)
    order = {unit.id: unit.order for unit in catalog.units.units}
    by_unit: dict[str, list[_Sent]] = {}
    for (unit, digest), group in sorted(found.items(), key=lambda entry: (order[entry[0][0]], entry[1][0][0].entry)):
        own = tuple(dict.fromkeys(record for record, _ in group))
        sent = _Sent(digest, own[0].file, own, tuple(asked for _, asked in group))
        by_unit.setdefault(unit, []).append(sent)
    return by_unit


def _ask_once(found: dict[tuple[str, str], list[tuple[Record, Asked]]]) -> None:
    """What is true of several files of a unit is asked of the last that came: a correction may say the same again."""
    last: dict[str, int] = {}
    for group in found.values():
        for record, asked in group:
            last[asked.id] = max(record.entry, last.get(asked.id, 0))
    for place, group in list(found.items()):
        found[place] = [(record, asked) for record, asked in group if record.entry == last[asked.id]]
        if not found[place]:
            del found[place]


def _asked(row: FindingRow, others: tuple[AskedCell, ...], refused: str, before: str) -> Asked:
    where = row.cell if row.sheet == DOCUMENT and row.cell else row.sheet
    return Asked(
        row.id, row.rule, row.severity, where, row.address, row.area, row.indicator,
        row.reported, row.reference, row.message, others, refused, before,
    )  # fmt: skip


def _names(sent: Sequence[_Sent]) -> list[str]:
    """What the marked copies are called: as their files, each another."""
    taken: dict[str, int] = {}
    names = []
    for one in sent:
        stem = path_part(PurePosixPath(one.name).stem, LONGEST_NAME)
        taken[stem] = taken.get(stem, 0) + 1
        names.append(f"{stem}{MARKED}{taken[stem] if taken[stem] > 1 else ''}.xlsx")
    return names


def _content(
    sent: _Sent, unit: str, seen: MonthView, stamp: Stamp, until: date, sheets: frozenset[str] | None
) -> MarkedContent:
    unit_told = dict.fromkeys(record.money_unit for record in sent.records if record.money_unit not in ("", _TOLD_IN))
    guide = (
        _how(sent.asked),
        *(f"清单中的金额以{_TOLD_IN}计；原表以{own}计，在原表中改正时请仍按{own}填写。" for own in unit_told),
        f"请于{day_shown(until)}前把本工作簿发回{stamp.office}。{_keep(sent.asked)}",
    )
    if sheets is not None:
        guide = (*guide, "原文件中还有别的单位的报表，本工作簿只有你单位的部分。")
    title = f"{unit}{seen.month.label}报表审核问题和核实说明"
    return MarkedContent(title, guide, sent.asked, stamp.created, stamp.office, sheets)


def _how(asked: Sequence[Asked]) -> str:
    """How to settle what is asked, of each kind that is among it."""
    met, where = {one.severity for one in asked}, _IN_CELLS if any(one.cell for one in asked) else _IN_A_DOCUMENT
    return "".join(how.format_map(where) for severity, how in _HOW.items() if severity in met)


def _keep(asked: Sequence[Asked]) -> str:
    return (_SIGN if any(one.needs_answer for one in asked) else "") + _KEEP


def _notice(
    unit: str, sent: Sequence[_Sent], seen: MonthView, catalog: Catalog, stamp: Stamp, until: date, to_sign: str
) -> Notice:
    rejected = {standing.record.id for standing in seen.standings if standing.state is State.REJECTED}
    records = [record for one in sent for record in one.records]
    asked = tuple(one for file in sent for one in file.asked)
    return Notice(
        unit=unit,
        period=seen.month.label,
        forms=_forms(records, catalog),
        rejected="、".join(
            dict.fromkeys(_sent_back(record, seen, catalog) for record in records if record.id in rejected)
        ),
        refused=sum(one.refused.endswith(f"{GIVES_NO_CAUSE}。") for one in asked),
        unsigned=to_sign,
        until=day_shown(until),
        asked=asked,
        files=tuple(_names(sent)),
        stamp=stamp,
    )


def _sent_back(record: Record, seen: MonthView, catalog: Catalog) -> str:
    """「《银行月报》」; of a correction also that what came before it still counts."""
    own = (record.unit, record.form, record.period)
    counts = any((duty.unit, duty.form, duty.period) == own for duty in seen.rejected_corrections)
    return _form(record, catalog) + ("更正件（此前采用的一份仍计入本期统计）" if counts else "")


def _forms(records: Iterable[Record], catalog: Catalog) -> str:
    """「《银行月报》（2018年4月3日收到）」, each once, in order."""
    told = []
    for record in records:
        year, month, day = map(int, record.received_at[:10].split("-"))
        told.append(f"{_form(record, catalog)}（{year}年{month}月{day}日收到）")
    return "、".join(dict.fromkeys(told))


def _form(record: Record, catalog: Catalog) -> str:
    about = "" if "-" in record.period else period_label(record.period)
    return f"{about}《{catalog.forms[record.form].name}》"
