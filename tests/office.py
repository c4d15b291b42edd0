"""LibreOffice as an independent reader of our workbooks: recalculates for real, prints with known fonts."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_FONTS = Path(__file__).with_name("fonts.conf")
_ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(files: Sequence[Path], to: str, folder: Path, *, recalculate: bool = True) -> list[Path]:
    """Convert all files in one start of LibreOffice; `to` is a filter such as `pdf` or `xlsx`.

    The default profile trusts the values that a workbook has cached; this one does not, unless told.
    """
    profile = folder / ("profile" if recalculate else "profile-trusting")
    if recalculate:
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_ALWAYS_RECALCULATE, encoding="utf-8")
    out = folder / f"as-{to.partition(':')[0]}{'' if recalculate else '-trusting'}"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", to, "--outdir", str(out), *map(str, files)]
    environment = {**os.environ, "FONTCONFIG_FILE": str(_FONTS), "SAL_USE_VCLPLUGIN": "svp", "LANG": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    made = [out / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    lost = [file.name for file in made if not file.exists()]
    assert not lost, f"LibreOffice did not make {lost}: {done.stdout}{done.stderr}"
    return made
