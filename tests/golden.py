"""Golden products: what the sample's March 2018 gives, kept as text so that every change is seen in a diff.

`python -m tests.golden` makes them anew, shows what changed, and refuses while other changes are uncommitted.
"""

import difflib
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

from pipeline.catalog import load_catalog
from pipeline.jobs import monthly
from pipeline.jobs.clock import clock_for
from pipeline.jobs.overriding import Finality
from pipeline.periods import Month
from tests import mandated
from tests.jobs.sample import AS_OF, ROOT, inbox_of

GOLDEN = Path(__file__).with_name("golden_files")
MONTHS = ("2017-01", "2017-03", "2017-12", "2018-01", "2018-03")
"""March, its bases a year and three months before, and the targets of both years."""


def made(folder: Path) -> dict[str, str]:
    """The products of the golden month as text, by name."""
    inbox = inbox_of(folder, *MONTHS)
    monthly.run(
        folder,
        inbox,
        [Month(2018, 3)],
        load_catalog(),
        clock_for(AS_OF),
        finality=Finality(wanted=False),
        progress=lambda stage, done, of: None,
    )
    output = folder / "output" / "2018-03"
    texts = {p.name: p.read_text("utf-8-sig") for p in sorted((output / "data").glob("annex*.csv"))}
    texts["findings.csv"] = (output / "data" / "findings.csv").read_text("utf-8-sig")
    return texts | {f"{p.stem}.txt": cells_of(p) for p in sorted(output.glob("*.xlsx"))}


def cells_of(path: Path) -> str:
    """A workbook as lines: merged ranges, then each cell with its formula or value, cached value and number format."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    lines = []
    for sheet in formulas:
        lines.append(
            f"# {sheet.title} {sheet.dimensions} merged: {' '.join(sorted(map(str, sheet.merged_cells.ranges)))}"
        )
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    cached = values[sheet.title][cell.coordinate].value
                    shown = f" = {cached!r}" if cached != cell.value else ""
                    lines.append(f"{cell.coordinate}: {cell.value!r}{shown} [{cell.number_format}]")
    return "\n".join(lines) + "\n"


def differences(new: dict[str, str], folder: Path = GOLDEN) -> str:
    """A unified diff of kept and new texts; empty if all is as kept."""
    kept = {p.name: p.read_text("utf-8") for p in folder.iterdir()} if folder.is_dir() else {}
    parts = [
        "".join(
            difflib.unified_diff(
                kept.get(n, "").splitlines(True), new.get(n, "").splitlines(True), f"kept/{n}", f"new/{n}"
            )
        )
        for n in sorted({*kept, *new})
    ]
    return "".join(parts)


def main() -> int:
    """Write the golden files anew and show the difference."""
    dirty = subprocess.run(
        ["git", "status", "--porcelain"], capture_output=True, text=True, cwd=ROOT, check=True
    ).stdout
    if dirty.strip():
        print("还有没有提交的改动。请先提交，再更新对照成果，这样差异才看得清。")
        return 1
    with tempfile.TemporaryDirectory() as scratch:
        renewed = {GOLDEN: made(Path(scratch)), mandated.FOLDER: mandated.described()}
    print("".join(differences(new, folder) for folder, new in renewed.items()) or "对照成果没有变化。")
    for folder, new in renewed.items():
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, text in new.items():
            (folder / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
