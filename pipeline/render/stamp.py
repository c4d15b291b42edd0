"""What every product of a release says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pipeline.periods import Month


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which release a product belongs to, who made it, and how far it can be trusted.

    `as_of` is a date, `2018-04-10`; `overrides` are sentences that a release made in spite of its gaps must print.
    """

    month: Month
    draft: bool
    sample: bool
    office: str
    release: int
    vintage: int
    as_of: str
    overrides: tuple[str, ...] = ()
    contact: str = ""
    """Whom of the office to ask about a letter; empty where its register names nobody."""
    letter_code: str = ""
    """What the numbers of the office's letters begin with 「机关代字」; empty where nobody has said."""

    @property
    def marks(self) -> str:
        """「草稿　示例数据」, or nothing on a final release of real data."""
        words = (["草稿"] if self.draft else []) + (["示例数据"] if self.sample else [])
        return "　".join(words)

    @property
    def version(self) -> str:
        """「第1版（草稿），数据版本12」; 「未发布，数据版本12」 of what no release could be made of."""
        if not self.release:
            return f"未发布，数据版本{self.vintage}"
        return f"第{self.release}版（{'草稿' if self.draft else '正式'}），数据版本{self.vintage}"

    @property
    def stocks_of(self) -> str:
        """「截至2018年3月31日」."""
        day = self.month.last_day
        return f"截至{day.year}年{day.month}月{day.day}日"

    @property
    def created(self) -> datetime:
        """The time written into file properties: midnight of the as-of day, so that bytes do not depend on a clock."""
        day = date.fromisoformat(self.as_of)
        return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - workbooks know no time zone
