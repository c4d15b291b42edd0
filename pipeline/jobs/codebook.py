"""The codebook 「指标手册」: forms, indicators, rules, policy and files of a month, and what has changed in a year."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.errors import PipelineError, ProductError, reason
from pipeline.jobs.clock import clock_for
from pipeline.jobs.codebook_sections import sections
from pipeline.jobs.handbook import NAME as RULES
from pipeline.jobs.handbook import handbook
from pipeline.jobs.materials import OWN
from pipeline.jobs.opening import opened
from pipeline.periods import Month
from pipeline.render.codebook import codebook_html, codebook_xlsx
from pipeline.render.handbook import handbook_html, handbook_json
from pipeline.render.handbook_word import handbook_docx

NAME = "指标手册"
FOLDER = Path("output/codebook")
PROFILE = "ankang"


def run(catalog: Catalog, month: Month, folder: Path, own: Path | None = None) -> list[Path]:
    """Write the codebook of a month as HTML and Excel, and the handbook of its rules; return where.

    Args:
        catalog: what is written about.
        month: of what is in force.
        folder: where it is written.
        own: a folder with the office's own Word templates.

    Raises:
        TemplateBroken: one of these is no Word document, or lacks a style.
        ProductError: the folder cannot be written into, or a file is open elsewhere.
    """
    rules = handbook(catalog, month)
    told = list(sections(catalog, month, rules))
    title = f"{catalog.profile.city}金融扶贫统计{NAME}"
    made = {
        f"{NAME}.html": codebook_html(title, month, catalog.profile.office, told),
        f"{NAME}.xlsx": codebook_xlsx(title, month, catalog.profile.office, told),
        f"{RULES}.html": handbook_html(rules),
        f"{RULES}.docx": handbook_docx(rules, own),
        "rules.json": handbook_json(rules),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            _put(folder / name, data)
    except OSError as error:
        raise ProductError(
            f"{NAME}写不进 {folder}：{reason(error)}。请先关闭正在打开的{NAME}，检查磁盘空间和权限后重新运行。"
        ) from error
    return [folder / name for name in made]


def _put(path: Path, data: bytes) -> None:
    """Whole or not at all: a full disk leaves the codebook that was there."""
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(data)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise


def main(arguments: Sequence[str]) -> int:
    """`python -m pipeline.jobs.codebook [PERIOD] [WORKSPACE]`: what `make codebook` runs; the result is the exit code.

    Units and deadlines are those of the workspace's register, where one has been imported.
    """
    try:
        period, workspace = [*arguments, "", ""][:2]
        clock = clock_for(None)
        month = Month.parse(period) if period else Month.of(clock.day)
        at = Path(workspace)
        written = run(opened(at, PROFILE, clock), month, at / FOLDER, at / OWN)
    except PipelineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    where = "、".join(map(str, written))
    print(f"{month.label}的{NAME}已生成：{where}。.html 用浏览器看，.xlsx 用 Excel 看，.docx 用 Word 看。")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
