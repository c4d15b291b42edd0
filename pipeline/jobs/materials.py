"""What letters are made of besides the store: the files that go back, and the office's own templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path

from pipeline.render.template import names_of, path_of
from pipeline.store.archive import Archive

OWN = "模板"
"""The folder of a workspace whose Word templates go before those of the program: no new version overwrites them."""
_WORD = frozenset({".docx", ".doc", ".dotx", ".docm", ".dot", ".wps", ".wpt"})
_OPEN = ("~$", ".~", ".")
"""Begins the names of what Word and WPS put beside a document that somebody has open, and of what is hidden."""


@dataclass(frozen=True, slots=True)
class Materials:
    """Where the received files lie, and the folder of the office's own templates, whether there is one or not."""

    archive: Archive
    own: Path

    def fingerprint(self, names: Iterable[str]) -> str:
        """Stands for these templates as they are now: letters made from others are other letters."""
        return sha256(b"".join(path_of(name, self.own).read_bytes() for name in names)).hexdigest()


def told_of_own(own: Path) -> Iterator[str]:
    """Which documents in the folder of the office's own templates are not used, as no letter is called so."""
    known = names_of(".docx")
    found = sorted(own.iterdir()) if own.is_dir() else []
    for file in found:
        if file.suffix.lower() not in _WORD or file.name.startswith(_OPEN) or file.name in known:
            continue
        near = get_close_matches(file.stem, [name.removesuffix(".docx") for name in known], n=1, cutoff=0.3)
        meant = f"是不是“{near[0]}.docx”？" if near else ""
        names = "、".join(sorted(known))
        yield f"“{OWN}”文件夹里的《{file.name}》没有用到。{meant}可用的名称：{names}。请改名，或移出该文件夹。"
