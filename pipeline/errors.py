"""The one exception family. Its messages are plain Chinese and end with the next step.

An error is about us or the machine; what is wrong with reported data is a `model.Finding`.
"""

from __future__ import annotations

import errno


class PipelineError(Exception):
    """Something keeps the program from going on; `str(error)` is what the clerk reads."""

    exit_code = 3


class UsageError(PipelineError):
    """The command was called with something that cannot be meant."""

    exit_code = 2


class CatalogError(PipelineError):
    """A file under schemas/ is wrong; the message names file and line."""


class RegisterMistake(CatalogError):
    """A value of a register workbook is wrong; `where` is the way to it."""

    def __init__(self, label: str, sheet: str, cell: str, sentence: str, where: tuple[str | int, ...]) -> None:
        place = (f"工作表“{sheet}”" if sheet else "") + (f"单元格{cell}" if cell else "")
        super().__init__(f"{place or label}：{sentence}")
        self.sheet, self.cell, self.sentence, self.where = sheet, cell, sentence, where


class RegisterError(PipelineError):
    """A register workbook cannot be written or taken in."""


class PolicyUndefined(CatalogError):
    """A policy value is asked for a date at which none is in force."""


class NothingToPublish(PipelineError):
    """No figure is in force for the period that is asked for."""


class InboxError(PipelineError):
    """The inbox cannot be read as a folder."""


class StoreError(PipelineError):
    """The store cannot be read, written or locked."""


class ProductError(PipelineError):
    """A product cannot be written under its final name."""


class PrintingError(PipelineError):
    """The annexes cannot be put on paper on this machine."""


class TemplateBroken(PipelineError):
    """A file under templates/ is wrong or not there; the message names it."""


class FontMissing(PipelineError):
    """A picture with Chinese words cannot be drawn: no font of this machine has them."""


class RuleCrashed(PipelineError):
    """An edit rule failed on its own account; never a finding about the reporting unit."""


_REASONS = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件大小超出磁盘或系统的限制",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被其他程序占用",
    errno.ETXTBSY: "正被其他程序占用",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.ENOTEMPTY: "文件夹不是空的",
}


def reason(error: OSError) -> str:
    """Why the machine refuses a file, in a clerk's words: a phrase without a full stop, for within a sentence."""
    if error.errno is None:
        return "系统没有说明原因"
    return _REASONS.get(error.errno, f"系统错误号 {error.errno}")
