"""Whether a browser, or Excel, shows what stands in an element of a page, and how its signs stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.ingest.apart import Apart
from pipeline.ingest.css import Declared, Element, Rule, StyleSheet, cascade, declarations

_NEVER = frozenset({"noscript", "datalist", "rp", "noembed"})
"""Elements that a browser of today never shows."""
_APART = {"del": Apart.STRUCK, "s": Apart.STRUCK, "strike": Apart.STRUCK, "sup": Apart.RAISED, "rt": Apart.RAISED,
          "sub": Apart.LOWERED}  # fmt: skip
_NOTHING = re.compile(r"[-+]?0*(?:\.0+)?(?:px|pt|em|rem|ex|%|cm|mm|in|pc)?")
_NEXT_TO_NOTHING = re.compile(r"[01]?(?:\.\d+)?(?:px|pt)?")
_RELATIVE = re.compile(r"[\d.]+(?:em|%|ex)|larger|smaller|inherit|initial|unset")
_FAR_OFF = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|pt)?|-\d{2,}(?:em|rem)")
_CLIPPED = re.compile(r"rect\(\s*[01](?:px)?(?:[\s,]+[01](?:px)?){3}\s*\)|inset\((?:50|100)%.*\)|circle\(0.*\)")


@dataclass(frozen=True, slots=True)
class Look:
    """What an element's own style and the rules for it come to."""

    declared: Declared = field(default_factory=dict)
    gone: bool = False
    """Not there at all: what follows takes its place."""
    unseen: bool = False
    """It and all within it is not shown, whatever that says of itself."""
    visible: bool | None = None
    sized: bool | None = None
    """What is within it is shown, or not, unless that says otherwise of itself; None where nothing is said."""
    unsure: bool = False
    """Hidden by a rule of which it is not sure that it applies, or shown from right to left: 52.03 for 30.25."""
    apart: Apart | None = None


@dataclass(slots=True)
class Shown:
    """An open element with its look."""

    element: Element
    look: Look

    @property
    def is_plain_cell(self) -> bool:
        """Whether it is a cell of which nothing is said that changes what is seen of the words in it."""
        look = self.look
        plain = look.visible is None and look.sized is None and look.apart is None
        return plain and not (look.gone or look.unseen or look.unsure) and self.element.tag in ("td", "th")

    @property
    def hidden(self) -> bool:
        """Whether it is not shown as a whole: a row, a column, a table."""
        look = self.look
        return look.gone or look.unseen or look.visible is False or look.unsure or _is_flat(self)


class Looks:
    """How the elements of one page look; thousands of cells look alike."""

    def __init__(self, sheet: StyleSheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, ...], Look] = {}

    def of(self, element: Element, around: Sequence[Element]) -> Look:
        """How an element inside those `around` it looks."""
        attributes = element.attributes
        key: tuple[str, ...] = (element.tag,)
        if attributes:
            said = (attributes.get("id", ""), attributes.get("class", ""), attributes.get("style", ""))
            key = (element.tag, *said, "hidden" * ("hidden" in attributes))
        if known := self._known.get(key):
            return known
        about = self._sheet.about(element)
        rules = sorted((rule for rule in about if rule.applies(element, around)), key=lambda rule: rule.weight)
        look = _look(element, rules)
        if all(rule.alone for rule in about):
            self._known[key] = look
        return look


def _look(element: Element, rules: Sequence[Rule]) -> Look:
    attributes = element.attributes
    declared = cascade([rule for rule in rules if not rule.unsure], declarations(attributes.get("style", "")))
    maybe = [rule for rule in rules if rule.unsure and _hides(rule.declared)]
    return Look(
        declared,
        gone=_is_gone(declared) or ("hidden" in attributes and "display" not in declared),
        unseen=element.tag in _NEVER or _is_unseen(declared),
        visible=_visible(declared),
        sized=_sized(declared),
        unsure=(bool(maybe) and not _hides(declared)) or _is_turned(element.tag, declared),
        apart=_apart(element.tag, declared),
    )


def hides_words(open_: Sequence[Shown]) -> tuple[bool, bool]:
    """Whether words inside these elements, the innermost last, are not shown; and whether that is sure."""
    visible = sized = None
    in_summary = False
    for shown in reversed(open_):
        look, tag = shown.look, shown.element.tag
        in_summary |= tag == "summary"
        folded = tag in ("details", "dialog") and "open" not in shown.element.attributes
        visible = look.visible if visible is None else visible
        sized = look.sized if sized is None else sized
        gone = look.gone and tag not in ("td", "th")  # whoever lays the table out sees to these
        if gone or look.unseen or (folded and not (tag == "details" and in_summary)):
            return True, True
        if look.unsure:
            return True, False
    return visible is False or sized is False, True


def apart_within(open_: Sequence[Shown]) -> Apart | None:
    """How words inside these elements stand."""
    kinds = {shown.look.apart for shown in open_ if shown.look.apart}
    return next((kind for kind in Apart if kind in kinds), None) if kinds else None


# ------------------------------------------------------------------ styles


def _hides(declared: Declared) -> bool:
    return _is_gone(declared) or _is_unseen(declared) or _visible(declared) is False or _sized(declared) is False


def _said(declared: Mapping[str, str], name: str) -> str:
    return declared.get(name, "").lower()


def _is_gone(declared: Declared) -> bool:
    return _said(declared, "display") == "none"


def _is_unseen(declared: Declared) -> bool:
    """By any of the ways that pages keep words from being seen."""
    if _is_nothing(_said(declared, "opacity")) or _said(declared, "mso-hide") in ("all", "screen"):
        return True
    if _said(declared, "content-visibility") == "hidden" or _said(declared, "color") == "transparent":
        return True
    if any(_CLIPPED.fullmatch(_said(declared, name)) for name in ("clip", "clip-path")):
        return True
    if _FAR_OFF.fullmatch(_said(declared, "text-indent")):
        return True
    placed = _said(declared, "position") in ("absolute", "fixed")
    if placed and any(_FAR_OFF.fullmatch(_said(declared, name)) for name in ("left", "top")):
        return True
    sizes = (_said(declared, name) for name in ("width", "height", "max-width", "max-height"))
    return _said(declared, "overflow") in ("hidden", "clip") and any(
        size and _NEXT_TO_NOTHING.fullmatch(size) for size in sizes
    )


def _visible(declared: Declared) -> bool | None:
    said = _said(declared, "visibility")
    return None if said in ("", "inherit", "initial", "unset") else said == "visible"


def _sized(declared: Declared) -> bool | None:
    said = _said(declared, "font-size")
    if not said or _RELATIVE.fullmatch(said):
        return False if _is_nothing(said) else None
    return not _is_nothing(said)


def _is_turned(tag: str, declared: Declared) -> bool:
    return tag == "bdo" or _said(declared, "unicode-bidi").endswith("override")


def _is_nothing(size: str) -> bool:
    return bool(size) and any(map(str.isdigit, size)) and bool(_NOTHING.fullmatch(size))


def _is_flat(shown: Shown) -> bool:
    """A row without height, a column without width: Excel writes and reads them as hidden."""
    name = {"tr": "height", "col": "width", "colgroup": "width"}.get(shown.element.tag)
    if name is None:
        return False
    said = _said(shown.look.declared, name) or shown.element.attributes.get(name, "").strip().lower()
    return _is_nothing(said)


def _apart(tag: str, declared: Declared) -> Apart | None:
    if any("line-through" in _said(declared, name) for name in ("text-decoration", "text-decoration-line")):
        return Apart.STRUCK
    aligned = _said(declared, "vertical-align")
    if aligned in ("super", "sub") and tag not in ("td", "th", "tr", "table", "img"):
        return Apart.RAISED if aligned == "super" else Apart.LOWERED
    return _APART.get(tag)
