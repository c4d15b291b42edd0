"""How the openers say no: one exception inside these rooms, `Unreadable` outside."""

from __future__ import annotations

from pipeline.model import Unreadable

SAVE_AS = "用 Excel 或 WPS 打开，确认内容无误后另存为 .xlsx 工作簿重新报送。"
SAVE_AS_DOCX = "用 Word 或 WPS 打开，确认内容无误后另存为 .docx 重新报送。"
SEND_EXCEL = f"请{SAVE_AS}"

FILED = "已登记存档"
"""What becomes of a received file that is no form."""

ENCRYPTED = (
    f"文件是加密的，没有读取。请取消打开密码（打开时不问密码的，是设了“保护工作簿”或只读保护，请取消保护），再{SAVE_AS}"
)
"""A protected workbook may be encrypted with a password of the program's own, which nobody is asked for."""

BY_HAND = (
    "请用代录表：在该单位当月的空白表（用 forms 命令生成）里照原件录入，放入收件文件夹，"
    "并在“收件登记.csv”的“代录人”栏写明录入的人；或请报送单位填写空白表后重新报送。"
)
TRANSCRIBE = f"如应是报表，{BY_HAND}"
"""What cannot be read by a program is typed in by a person, who signs for it."""

_AS_FORM = f"如应是措施表，请把各项填在表样的表格里（Word 或 Excel）后重新报送；其他报表，{BY_HAND}"
WORD = f"这是 Word 文档，里面没有可读的报表，{FILED}，内容不作为报表读取。{_AS_FORM}"
"""What a document without a form is told: summaries and typical cases are welcome as they are."""


def not_filed(message: str) -> str:
    """The same of a file that is only looked at."""
    return message.replace(f"{FILED}，", "").replace(f"，{FILED}", "")


class Refused(Exception):
    """A file cannot be opened as a grid; never leaves `open_grid`."""

    def __init__(self, rule: str, message: str, *, sheet: str = "", cell: str = "") -> None:
        super().__init__(message)
        self.unreadable = Unreadable(rule, message, sheet, cell)

    def in_sheet(self, sheet: str) -> Refused:
        """The same, known to be met in this sheet."""
        return Refused(self.unreadable.rule, self.unreadable.message, sheet=sheet, cell=self.unreadable.cell)


def damaged(what: str, *, sheet: str = "", cell: str = "") -> Refused:
    """The file claims to be a spreadsheet and is not whole; `what` says in a few words what was met."""
    told = f"文件已损坏或不完整（{what}），没有读取。请报送单位在原电脑上{SAVE_AS}"
    return Refused("F01", told, sheet=sheet, cell=cell)


def too_big(what: str, *, sheet: str = "", cell: str = "") -> Refused:
    """Beyond `limits`; `what` says which and by how much."""
    told = f"文件超出可读取的范围：{what}。请只保留报表本身（删去多余的行列、图片和工作表）后重新报送。"
    return Refused("F01", told, sheet=sheet, cell=cell)


def hostile(what: str) -> Refused:
    """Something that no spreadsheet program writes and that serves to harm readers."""
    return Refused("F01", f"文件含有不安全的内容（{what}），没有读取。请报送单位核对文件来源，再{SAVE_AS}")
