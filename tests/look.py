"""`python -m tests.look WORKSPACE`: the newest release of every month as PDF and pictures, to be looked at."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from tests.browsing import SCREEN, installed, opened, started
from tests.office import convert

_PACKAGES = {"soffice": "libreoffice-calc-nogui", "pdftoppm": "poppler-utils"}
_DOTS_PER_INCH = "110"
_TABLES = ("附件*.xlsx", "审核报告.xlsx")
_LETTERS = ("退回单/**/*.docx", "退回单/**/*.xlsx", "催报函/*.docx", "回执/*.docx")
_FORMS = "空白表/**/*.xlsx"


def main(arguments: Sequence[str]) -> int:
    """Convert, and say where the pictures are; the result is the exit code."""
    if len(arguments) != 1:
        print("用法：python -m tests.look 工作文件夹（其中有 output）。")
        return 2
    missing = {program: package for program, package in _PACKAGES.items() if not shutil.which(program)}
    missing |= {} if installed() else {"chromium": "chromium"}
    if missing:
        packages = " ".join(missing.values())
        print(f"缺少 {'、'.join(missing)}，不能转成图片。请有管理员权限的同事运行一次：sudo apt install {packages}")
        return 3
    workspace = Path(arguments[0])
    months = sorted(month for month in (workspace / "output").glob("*-*") if _printed(month))
    if not months:
        print(f"{workspace / 'output'} 里还没有成果。请先运行 make monthly。")
        return 3
    for month in months:
        pictures = _pictures(month, workspace / "look" / month.name)
        print(f"{month.name}：{len(pictures)} 页，在 {pictures[0].parent}")
    return 0


def _pictures(month: Path, folder: Path) -> list[Path]:
    """All products of a month as PDF and, page by page, as PNG; what an earlier look left there is replaced."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with TemporaryDirectory() as scratch:
        flat = Path(scratch) / "flat"
        flat.mkdir()
        copies = [shutil.copy(file, flat / _flat_name(file.relative_to(month))) for file in _printed(month)]
        forms = [[copy] for copy in copies if copy.name.startswith(_FORMS.partition("/")[0])]
        others = [copy for copy in copies if [copy] not in forms]
        for group in filter(None, [others, *forms]):  # a form calculates for half a minute
            for made in convert(group, "pdf", Path(scratch)):
                shutil.move(made, folder)
    _page(month / "index.html", folder)
    for pdf in sorted(folder.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-png", "-r", _DOTS_PER_INCH, pdf, pdf.with_suffix("")], check=True)
    return sorted(folder.glob("*.png"))


def _printed(month: Path) -> list[Path]:
    """What of a month can be printed: its tables, all letters and marked copies, one of all blank forms alike."""
    found = [file for pattern in (*_TABLES, *_LETTERS) for file in sorted(month.glob(pattern))]
    forms = {_shape(file): file for file in sorted(month.glob(_FORMS), reverse=True)}
    return [*found, *sorted(forms.values())]


def _shape(form: Path) -> tuple[str, str]:
    """The sheet that is filled in, and how far it reaches: forms of the same shape look alike."""
    book = load_workbook(form, read_only=True)
    own = book.worksheets[0]
    shape = (own.title, own.calculate_dimension())
    book.close()
    return shape


def _flat_name(file: Path) -> str:
    """「退回单-汉阴农商银行-退回通知（docx）.docx」: all lie in one folder, whatever they become."""
    return (
        f"{'-'.join((*file.parts[:-1], file.stem))}（{file.suffix[1:]}）{file.suffix}" if file.parts[1:] else file.name
    )


def _page(page: Path, folder: Path) -> None:
    """The page as a screen shows it, and as it is printed."""
    if page.is_file():
        with started() as browser, opened(browser, page, SCREEN) as watched:
            watched.page.screenshot(path=folder / "index-screen.png", full_page=True)
            watched.page.pdf(path=folder / "index.pdf", prefer_css_page_size=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
