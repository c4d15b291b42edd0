"""A text of an .xlsx, shared (<si>) or inside its cell (<is>): what it says, and how the signs of its runs stand."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from pipeline.ingest.apart import Apart, Piece


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text; one without a look of its own looks as its cell does."""

    text: str
    look: Apart | None = None
    own_look: bool = False


@dataclass(frozen=True, slots=True)
class RichText:
    """A text as the file writes it."""

    runs: tuple[Run, ...] = ()
    twofold: bool = False
    """Written twice, or in a place that one program reads and another one skips."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)

    def pieces(self, of_cell: Apart | None) -> list[Piece]:
        """Its pieces in a cell whose own font makes signs stand so."""
        return [(run.text, run.look if run.own_look else of_cell) for run in self.runs]


def look_of(name: str, attributes: dict[str, str]) -> Apart | None:
    """What an element of a font says of how its signs stand."""
    value = attributes.get("val")
    if name == "strike":
        return Apart.STRUCK if value in (None, "1", "true", "on") else None
    if name == "vertAlign":
        return {"superscript": Apart.RAISED, "subscript": Apart.LOWERED}.get(value or "")
    return None


class TextReader:
    """Takes the elements of one parser that stand inside one text."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._path: list[str] = []
        self._piece: list[str] = []
        self._runs: list[Run] = []
        self._written: list[int] = []
        """Which run each text that is not blank stands in; 0 for none."""
        self._run = 0
        self._look: Apart | None = None
        self._own_look = self._elsewhere = False

    def begin(self, plain: str = "") -> None:
        """The text begins, perhaps with a plain text that was read before."""
        self._path, self._runs, self._written, self._run, self._elsewhere = [], [], [], 0, False
        if plain:
            self._path = ["t"]
            self._take(plain)
            self._path = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element inside the text begins."""
        name = tag.rpartition(":")[2]
        self._path.append(name)
        if name == "t":
            self._piece = []
            self._parser.CharacterDataHandler = self._piece.append
        elif self._path == ["r"]:
            self._run += 1
            self._look, self._own_look = None, False
        elif self._path[:2] == ["r", "rPr"]:
            self._own_look = True
            if self._look is not Apart.STRUCK:
                self._look = look_of(name, attributes) or self._look

    def end(self) -> bool:
        """An element ends; whether it was the text itself."""
        if not self._path:
            return True
        if self._path[-1] == "t":
            self._parser.CharacterDataHandler = None
            self._take("".join(self._piece))
        self._path.pop()
        return False

    def taken(self) -> RichText:
        """The text that has ended."""
        again = len(set(self._written)) < len(self._written) or (0 in self._written and len(self._written) > 1)
        return RichText(tuple(self._runs), again or self._elsewhere)

    def _take(self, text: str) -> None:
        if self._path == ["t"]:
            self._runs.append(Run(text))
            self._written += [0] if text.strip() else []
        elif self._path == ["r", "t"]:
            self._runs.append(Run(text, self._look, self._own_look))
            self._written += [self._run] if text.strip() else []
        elif "rPh" not in self._path:
            self._elsewhere |= bool(text.strip())
