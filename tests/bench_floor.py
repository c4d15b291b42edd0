"""The least that a run can cost: one process that imports, parses and writes the same, and does nothing else.

`main` with arguments JOB FOLDER, where JOB is a JSON file of `libraries` to import, `read` (files whose bytes
are looked at), `parse` (files whose cells are read) and `workbooks` (file name → sheet → [row, column, value] …).
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile


def main() -> None:
    """Do the job, writing into the folder."""
    job, folder = map(Path, sys.argv[1:])
    work = json.loads(job.read_text("utf-8"))
    for library in work["libraries"]:
        import_module(library)
    for name in work["read"]:
        Path(name).read_bytes()
    for name in work["parse"]:
        _parse(Path(name))
    for name, sheets in work["workbooks"].items():
        _write(folder / name, sheets)


def _parse(path: Path) -> None:
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", errors="replace") as file:
            file.read()
        return
    if path.suffix == ".docx":
        with ZipFile(path) as package:
            ElementTree.fromstring(package.read("word/document.xml"))
        return
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(path)
    for sheet in workbook.sheet_names:
        workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _write(path: Path, sheets: dict[str, list[tuple[int, int, object]]]) -> None:
    from xlsxwriter import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    with Workbook(path) as workbook:
        for title, cells in sheets.items():
            sheet = workbook.add_worksheet(title)
            for row, column, value in cells:
                sheet.write(row, column, value)
