"""The reference period of a sheet: from what stands around its table; the file's name and the mail may only agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import PERIOD_LABELS, Around, Saying, plain
from pipeline.ingest.period_doubt import (
    contradiction,
    contradiction_below,
    contradiction_in_name,
    contradiction_until,
    part_of_year,
)
from pipeline.ingest.period_words import (
    issue_named,
    months_alone,
    months_in_name,
    months_in_title,
    months_named,
    why_no_month,
    years_named,
)
from pipeline.ingest.sentences import behind_label
from pipeline.ingest.unexplained import notes_below
from pipeline.model import CellKind, Finding, ReceivedFile, Sheet
from pipeline.periods import Month, period_label

_OF_A_DAY = ("数据日期", "报告日期", "报表日期", "统计日期")
"""Labels whose first day of a month may be the day on which something was written."""
_FIRST_DAY = re.compile(r"((?:19|20)\d{2})(?:\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*0?1\s*日?|(0[1-9]|1[0-2])01)")
_JANUARY_OR_OCTOBER = re.compile(r"(?:19|20)\d{2}\.1")
_SERIALS = range(36_526, 73_051)
"""Serial numbers of the days of 2000 to 2099."""
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked about one sheet, and where the answer's faults go."""

    above: list[Saying]
    below: list[Saying]
    sheet: Sheet
    received: ReceivedFile
    faults: Faults
    yearly: bool

    def refuse(self, message: str, **place: str) -> None:
        self.faults.add("F04", message, sheet=self.sheet.name, **place)

    def labelled(self, said: Saying) -> list[str]:
        """The periods that a labelled saying names; none for what may be two."""
        return years_named(said.text) if self.yearly else [str(month) for month in _months_labelled(said, self.sheet)]

    def named(self, said: Saying) -> list[str]:
        return years_named(said.text) if self.yearly else [str(month) for month in months_in_title(said.text)]

    def in_name(self, name: str) -> list[str]:
        return years_named(name) if self.yearly else [str(month) for month in months_in_name(name)]


def reference_period(
    above: list[Saying], around: Around, yearly: bool, received: ReceivedFile, faults: Faults
) -> tuple[str | None, str]:
    """`2018-03` (`2018` for a yearly form) as the sheet says it, and at which cell.

    None, and a finding, where it does not say it for sure.
    """
    below = around.labelled(PERIOD_LABELS)
    asked = _Asked(above, below, around.account.sheet, received, faults, yearly)
    heads = [said for said in above if said.label in PERIOD_LABELS]
    says = [
        *((period, said) for said in heads for period in asked.labelled(said)),
        *((period, said) for said in above if not said.label for period in asked.named(said)),
        *((period, said) for said in below for period in asked.labelled(said)),
    ]
    found = list(dict.fromkeys(period for period, _ in says)) or _put_together(asked)
    if not found:
        _say_none(asked, heads)
        return None, ""
    if len(found) > 1:
        _tell_several(found, says, asked)
        return (found[0] if len({period for period, said in says if said in heads}) == 1 else None), ""
    _tell_serial(asked, [*heads, *below])
    where = _where(found[0], asked)
    _compare(found[0], where, around, asked)
    return found[0], where


def _tell_several(found: list[str], says: list[tuple[str, Saying]], asked: _Asked) -> None:
    listed = "、".join(period_label(period) for period in found)
    odd = next((said for period, said in says if period != found[0]), says[0][1])
    asked.refuse(f"表中写有不同的报告期：{listed}。请统一后重新报送。", cell=odd.cell.address, value=listed)


def _compare(period: str, cell: str, around: Around, asked: _Asked) -> None:
    """Hold the period against all else that speaks of time: what the sheet says first, then names, then the clock."""
    in_sheet = _tell_part_of_year(asked) if asked.yearly else _tell_contradiction(Month.parse(period), around, asked)
    for where, name in names_of(asked.received) if not in_sheet else ():
        if said := _other_in_name(name, period, asked):
            asked.refuse(
                f"{where}写的是{said}，表内报告期是{period_label(period)}。"
                "请核对是否把上月的文件改名发来，改正后重新报送。",
                cell=cell,
                value=_named(where, name),
            )
    if not asked.yearly and str(Month.parse(period).first_day) > asked.received.received_at[:10]:
        asked.refuse(
            f"报告期{period_label(period)}在收到之日（{asked.received.received_at[:10]}）还没有开始。请核对报告期后重新报送。",
            cell=cell,
            value=period,
        )


def _other_in_name(name: str, period: str, asked: _Asked) -> str:
    if asked.yearly:
        years = years_named(name)
        return period_label(years[0]) if years and period not in years else ""
    return contradiction_in_name(name, Month.parse(period))


def _named(where: str, name: str) -> str:
    return f"{where}：{name[:60]}"


def is_about_names(finding: Finding, received: ReceivedFile, rule: str = "F04") -> bool:
    """Whether a finding says that a name of the file or mail is of another period (F03: of another unit)."""
    return finding.rule == rule and any(finding.value == _named(*named) for named in names_of(received))


def _where(period: str, asked: _Asked) -> str:
    """The cell that says the period."""
    heads = [said for said in asked.above if said.label in PERIOD_LABELS]
    said = next((said for said in [*heads, *asked.below] if period in asked.labelled(said)), None)
    said = said or next((said for said in asked.above if not said.label and period in asked.named(said)), None)
    return said.cell.address if said else ""


def _tell_contradiction(month: Month, around: Around, asked: _Asked) -> bool:
    """Whether (and a finding) something in the sheet that names no whole month names another one."""
    told = next(_contradictions(month, around, asked), None)
    if told is None:
        return False
    where, said, cell = told
    asked.refuse(
        f"{where}写的是“{said}”，与报告期{month.label}（截至{month.last_day.month}月{month.last_day.day}日）不一致。"
        "请核对后统一写明，重新报送。",
        cell=cell,
        value=said,
    )
    return True


def _tell_part_of_year(asked: _Asked) -> bool:
    """Whether (and a finding) a title of a yearly form is about a quarter or a month."""
    for said in asked.above:
        if (not said.label or said.label in PERIOD_LABELS) and (part := part_of_year(said.text)):
            told = f"这里写的是“{part}”，本表要报的却是全年的数。请核对是否用错了表，改正后重新报送。"
            asked.refuse(told, cell=said.cell.address, value=part)
            return True
    return False


def _contradictions(month: Month, around: Around, asked: _Asked) -> Iterator[tuple[str, str, str]]:
    """Where another month is spoken of, in which words, at which cell."""
    for said in [*asked.above, *asked.below]:
        speaks = not said.label or said.label in PERIOD_LABELS
        if other := (contradiction if speaks else contradiction_until)(said.text, month):
            yield "这里", other, said.cell.address
        for piece in behind_label(said.text) if not speaks else ():
            if other := contradiction_below(piece, month):
                yield "这里", other, said.cell.address
    for said in notes_below(around):
        if other := contradiction_below(said.text, month):
            yield "表下", other, said.cell.address
    name = asked.sheet.name
    if other := contradiction_in_name(name, month) if name not in PurePosixPath(asked.received.name).name else "":
        yield f"工作表名“{name[:30]}”", other, ""


def names_of(received: ReceivedFile) -> list[tuple[str, str]]:
    """What a file is called and the subject of the mail that it came in: what may agree but never tell."""
    said = (("文件名", PurePosixPath(received.name).name), ("邮件标题", received.subject))
    return [(where, name) for where, name in said if name]


# ------------------------------------------------------------------ what a label says


def _months_labelled(said: Saying, sheet: Sheet) -> list[Month]:
    text = plain(said.text)
    if said.cell.kind is CellKind.NUMBER and (day := _day_of_serial(said, sheet)):
        text = f"{day.year}年{day.month}月{day.day}日"
    if issue := issue_named(text):
        return [issue]
    first = _FIRST_DAY.fullmatch(text)
    if first and said.label not in _OF_A_DAY and 1 <= int(first[2] or first[3]) <= 12:
        return [Month(int(first[1]), int(first[2] or first[3]))]
    if _is_january_or_october(said):
        return []
    return months_named(text, compact=True)


def _is_january_or_october(said: Saying) -> bool:
    """A number 2018.1 may have been typed 2018.10; so may a cell of a csv file that was one."""
    return bool(_JANUARY_OR_OCTOBER.fullmatch(plain(said.text))) and plain(said.text) == plain(said.cell.value)


def _day_of_serial(said: Saying, sheet: Sheet) -> date | None:
    """The day that an unformatted number stands for: only a whole number of this century."""
    number = float(plain(said.text)) if plain(said.text).isdecimal() else 0
    day = (_EPOCH_1904 if sheet.from_1904 else _EPOCH) + timedelta(days=number) if number < 10**5 else _EPOCH
    return day if number in _SERIALS or (sheet.from_1904 and number + 1462 in _SERIALS) else None


def _tell_serial(asked: _Asked, labelled: list[Saying]) -> None:
    for said in labelled:
        day = _day_of_serial(said, asked.sheet) if said.cell.kind is CellKind.NUMBER else None
        if day and not asked.yearly:
            asked.faults.add(
                "F09",
                f"报告期写作{said.text}，是没有设日期格式的序列号，按{day.year}年{day.month}月{day.day}日读入。",
                sheet=asked.sheet.name,
                cell=said.cell.address,
                value=said.text,
            )


# ------------------------------------------------------------------ where nothing says it wholly


def _put_together(asked: _Asked) -> list[str]:
    """A month in one place (截至3月末) and its year in another (2018年度统计表), each named once and no other."""
    said = [*(s for s in asked.above if not s.label or s.label in PERIOD_LABELS), *asked.below]
    if asked.yearly or any(_is_january_or_october(s) for s in said if s.label):
        return []
    months = list(dict.fromkeys(month for s in said for month in months_alone(s.text)))
    years = list(dict.fromkeys(year for s in said for year in years_named(s.text)))
    return [str(Month(int(years[0]), months[0]))] if len(months) == len(years) == 1 else []


def _say_none(asked: _Asked, heads: list[Saying]) -> None:
    doubts = [(said, why) for said in [*heads, *asked.below, *asked.above] if (why := _why_none(said, asked))]
    where = doubts[0][0].cell.address if doubts else ""
    why = f"（{doubts[0][1]}）" if doubts else ""
    example = "2018年" if asked.yearly else "2018年3月"
    asked.refuse(
        f"表中没有写明报告期{why}。请在标题或“报告期”处写明（如{example}）后重新报送。{_hint(asked)}",
        cell=where,
        value=doubts[0][0].text[:40] if doubts else "",
    )


def _why_none(said: Saying, asked: _Asked) -> str:
    if asked.yearly or (said.label and said.label not in PERIOD_LABELS):
        return ""
    if said.label and _is_january_or_october(said):
        return f"“{said.text}”分不清是1月还是10月"
    return why_no_month(said.text)


def _hint(asked: _Asked) -> str:
    """What the file's name and the mail suggest: told, never used."""
    for where, name in names_of(asked.received):
        if named := asked.in_name(name):
            return f"{where}写的是{period_label(named[0])}，只作参考，不能代替表内的报告期。"
    return ""
