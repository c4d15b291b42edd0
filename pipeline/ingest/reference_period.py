"""The reference period of a sheet: from what stands around its table; the file's name and the mail may only agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath

from pipeline.ingest.faults import Faults
from pipeline.ingest.heading import PERIOD_LABELS, Around, Saying, plain
from pipeline.ingest.period_words import months_alone, months_in_name, months_named, why_no_month, years_named
from pipeline.model import CellKind, ReceivedFile, Sheet
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
        return years_named(said.text) if self.yearly else [str(month) for month in months_named(said.text)]

    def in_name(self, name: str) -> list[str]:
        return years_named(name) if self.yearly else [str(month) for month in months_in_name(name)]


def reference_period(
    above: list[Saying], around: Around, yearly: bool, received: ReceivedFile, faults: Faults
) -> str | None:
    """`2018-03` (`2018` for a yearly form) as the sheet says it; None, and a finding, where it does not for sure."""
    below = around.labelled(PERIOD_LABELS)
    asked = _Asked(above, below, around.account.sheet, received, faults, yearly)
    heads = [said for said in above if said.label in PERIOD_LABELS]
    labelled = _each(heads, asked.labelled)
    free = _each((said for said in above if not said.label), asked.named)
    found = list(dict.fromkeys([*labelled, *free, *_each(below, asked.labelled)])) or _put_together(asked)
    if not found:
        _say_none(asked, heads)
        return None
    if len(found) > 1:
        listed = "、".join(period_label(period) for period in found)
        asked.refuse(f"表中写有不同的报告期：{listed}。请统一后重新报送。", value=listed)
        return labelled[0] if len(labelled) == 1 else None
    _tell_serial(asked, [*heads, *below])
    _compare(found[0], asked)
    return found[0]


def _each(sayings: Iterable[Saying], find: Callable[[Saying], list[str]]) -> list[str]:
    return list(dict.fromkeys(found for said in sayings for found in find(said)))


def _compare(period: str, asked: _Asked) -> None:
    """Hold the period against a month without its year, the file's name, the mail's subject and the day of receipt."""
    if not asked.yearly:
        _compare_month_alone(period, asked)
    for where, name in names_of(asked.received):
        in_name = asked.in_name(name)
        if in_name and period not in in_name:
            asked.refuse(
                f"{where}写的是{period_label(in_name[0])}，表内报告期是{period_label(period)}。"
                "请核对是否把上月的文件改名发来，改正后重新报送。",
                value=period,
                expected=in_name[0],
            )
    if not asked.yearly and str(Month.parse(period).first_day) > asked.received.received_at[:10]:
        asked.refuse(
            f"报告期{period_label(period)}在收到之日（{asked.received.received_at[:10]}）还没有开始。请核对报告期后重新报送。",
            value=period,
        )


def _compare_month_alone(period: str, asked: _Asked) -> None:
    month = Month.parse(period)
    for said in [*asked.above, *asked.below]:
        other = [m for m in months_alone(said.text, surely=said.label not in PERIOD_LABELS) if m != month.month]
        if other:
            asked.refuse(
                f"表中写有不同的报告期：{month.label}、“{said.text[:20]}”。请统一后重新报送。",
                cell=said.cell.address,
                value=said.text[:40],
            )
            return


def names_of(received: ReceivedFile) -> list[tuple[str, str]]:
    """What a file is called and the subject of the mail that it came in: what may agree but never tell."""
    said = (("文件名", PurePosixPath(received.name).name), ("邮件标题", received.subject))
    return [(where, name) for where, name in said if name]


# ------------------------------------------------------------------ what a label says


def _months_labelled(said: Saying, sheet: Sheet) -> list[Month]:
    text = plain(said.text)
    if said.cell.kind is CellKind.NUMBER and (day := _day_of_serial(said, sheet)):
        text = f"{day.year}年{day.month}月{day.day}日"
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
