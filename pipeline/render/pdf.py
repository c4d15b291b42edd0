"""Workbooks as one PDF: LibreOffice prints each as it is set up, pypdf joins the pages in order."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from pipeline.errors import PrintingError
from pipeline.render.template import source

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 180
_FONTS = "fonts.conf"
"""Which free fonts stand in for the official ones where these are not installed."""
_BY_HAND = "也可以用 Excel 或 WPS 逐个打开附件打印。"


def printed(workbooks: Sequence[Path], titles: Sequence[str], title: str, made: datetime, scratch: Path) -> bytes:
    """One PDF of these workbooks, in their order, with a bookmark for each.

    Args:
        workbooks: our own products; LibreOffice opens them, so nothing from outside may be among them.
        titles: a bookmark each.
        title: the document's own title.
        made: written into the file in place of the clock, so that the same pages give the same bytes.
        scratch: an empty folder to work in.

    Raises:
        PrintingError: LibreOffice is not there, or does not make a PDF of every workbook.
    """
    return _joined(_converted(workbooks, scratch), titles, title, made)


def _converted(workbooks: Sequence[Path], scratch: Path) -> list[Path]:
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise PrintingError(
            "这台电脑没有安装 LibreOffice，不能把附件合成一个 PDF。"
            f"请有管理员权限的同事运行一次：sudo apt install libreoffice-calc-nogui fonts-noto-cjk；{_BY_HAND}"
        )
    profile, out, fonts = scratch / "profile", scratch / "pdf", scratch / _FONTS
    fonts.write_text(source(_FONTS), "utf-8")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "pdf:calc_pdf_Export", "--outdir", str(out), *map(str, workbooks)]
    try:
        subprocess.run(
            command,
            env={"FONTCONFIG_FILE": str(fonts), **os.environ, "SAL_USE_VCLPLUGIN": "svp"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PrintingError(f"LibreOffice 没有完成转换。请关闭其他 LibreOffice 窗口后重新运行；{_BY_HAND}") from error
    made = [out / f"{workbook.stem}.pdf" for workbook in workbooks]
    if lost := [workbook.name for workbook, pdf in zip(workbooks, made, strict=True) if not pdf.is_file()]:
        raise PrintingError(
            f"LibreOffice 没有转成《{lost[0]}》等{len(lost)}个附件，没有合成 PDF。请重新运行；仍不行的，{_BY_HAND}"
        )
    return made


def _joined(parts: Sequence[Path], titles: Sequence[str], title: str, made: datetime) -> bytes:
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    for part, bookmark in zip(parts, titles, strict=True):
        first = len(writer.pages)
        for page in PdfReader(part).pages:
            writer.add_page(page)
        writer.add_outline_item(title=bookmark, page_number=first)
    stamp = f"D:{made:%Y%m%d%H%M%S}+08'00'"
    writer.add_metadata({"/Title": title, "/CreationDate": stamp, "/ModDate": stamp})
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
