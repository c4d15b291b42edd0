"""Marked copies of the files that units sent, made where a stranger's file can be stopped: in a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.model import Grid, Unreadable
from pipeline.model.beside import Beside
from pipeline.render.marked_book import marked
from pipeline.render.marked_content import MarkedContent, MarkedCopy
from pipeline.render.marked_grid import list_alone, marked_grid
from pipeline.store.archive import Archive

_KEEPS_ITS_LOOK, _OLD = "xlsx", "xls"


@dataclass(frozen=True, slots=True)
class _Marker:
    """What a worker does with an opened file: a copy for each unit that has findings in it."""

    paths: Mapping[str, Path]
    contents: Mapping[str, Sequence[MarkedContent]]

    def __call__(self, key: str, opened: Grid | Unreadable) -> list[MarkedCopy]:
        return [_copy(self.paths[key], opened, content) for content in self.contents[key]]


def _copy(path: Path, opened: Grid | Unreadable, content: MarkedContent) -> MarkedCopy:
    """The file itself, marked; of another format its cells; of what cannot be opened, or parted, the list alone."""
    if isinstance(opened, Unreadable) or content.sheets == frozenset():
        return list_alone(content)
    if opened.format == _KEEPS_ITS_LOOK:
        try:
            return marked(path.read_bytes(), content)
        except Exception:  # noqa: BLE001 - openpyxl raises whatever a strange file leads it to; its cells were read
            return marked_grid(opened, content)
    return marked_grid(opened, content, path.read_bytes(), _beside(path) if opened.format == _OLD else None)


def _beside(path: Path) -> Beside | None:
    """What an old workbook has beside its cells; nothing is known of one that breaks off there."""
    from pipeline.ingest.xls_beside import beside_cells

    # A strange file leads to whatever arithmetic on broken records comes to: its cells were read.
    with suppress(Exception):
        return beside_cells(path.read_bytes())
    return None


def marked_copies(
    archive: Archive, contents: Mapping[str, Mapping[str, MarkedContent]]
) -> Iterator[tuple[str, MarkedCopy]]:
    """With its path each marked copy of the received files; the workers start with this call.

    `contents`: sha256 → path → what is to be marked in that copy.
    """
    if not contents:
        return iter(())
    from pipeline.ingest.worker import open_all

    paths = {digest: archive.path(digest) for digest in contents}
    marker = _Marker(paths, {digest: tuple(copies.values()) for digest, copies in contents.items()})
    made = open_all(paths.items(), marker)
    return (named for digest, copies in made for named in zip(contents[digest], copies, strict=True))
