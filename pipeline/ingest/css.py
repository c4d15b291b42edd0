"""Style sheets inside a web page: which of their rules apply to an element. Nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Declared = dict[str, str]
"""Property → value, both as written, the property in small letters."""

_STYLES = re.compile(r"<!--.*?(?:-->|\Z)|<style\b([^>]*)>(.*?)(?:</style|\Z)", re.IGNORECASE | re.DOTALL)
_NOT_CSS = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_TOKENS = re.compile(r""""(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[{};]|[^{};"']+|.""", re.DOTALL)
_DECLARATION = re.compile(r"""([\w-]+)\s*:\s*((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.|[^;"'\\])*)""", re.DOTALL)
_NAME = r"(?:[\w-]|\\.)+"
_COMBINATOR = re.compile(r"\s*([>+~])\s*|\s+")
_COMPOUND = re.compile(
    rf"""(\*|[a-z]{_NAME[:-1]}*)?((?:[#.]{_NAME}|\[(?:"[^"]*"|'[^']*'|[^\]"'])*\]|::?[\w-]+(?:\([^()]*\))?)*)""",
    re.IGNORECASE,
)
_PART = re.compile(rf"([#.])({_NAME})|\[([^\]]*)\]|(::?)([\w-]+)(?:\(([^()]*)\))?")
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*(?:=\s*["']?([^"']*)["']?)?""")
_NEXT_SELECTOR = re.compile(r",(?![^()]*\))")
_ELSEWHERE = frozenset({"before", "after", "first-line", "first-letter"})
_NOT_AT_REST = frozenset({"hover", "active", "focus", "focus-within", "focus-visible", "target", "visited"})


@dataclass(slots=True)
class Element:
    """An open element of the page."""

    tag: str
    attributes: Mapping[str, str]
    index: int = 1
    """Counted from 1 among the elements beside it."""
    children: int = 0

    @property
    def classes(self) -> list[str]:
        """The names of its classes, in small letters: old pages do not care."""
        return self.attributes.get("class", "").lower().split()


@dataclass(frozen=True, slots=True)
class _Compound:
    """A piece of a selector that speaks of one element; `unsure`: it says more than is understood here."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str | None], ...] = ()
    index: int = 0
    never: bool = False
    unsure: bool = False

    def fits(self, element: Element) -> bool:
        return (
            not self.never
            and self.tag in ("", element.tag)
            and (not self.id or self.id == element.attributes.get("id", "").lower())
            and (not self.classes or set(self.classes) <= set(element.classes))
            and (not self.index or self.index == element.index)
            and all(
                name in element.attributes and value in (None, element.attributes[name])
                for name, value in self.attributes
            )
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One selector with what it declares."""

    compounds: tuple[_Compound, ...]
    combinators: tuple[str, ...]
    declared: Declared
    order: int
    conditional: bool
    """Holds on some screens only."""

    @property
    def unsure(self) -> bool:
        """Whether it may not apply although it fits as far as it is understood."""
        return self.conditional or any(compound.unsure for compound in self.compounds) or "~" in self.combinators

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Of two rules the heavier one wins."""
        own = self.compounds
        return (
            sum(bool(c.id) for c in own),
            sum(len(c.classes) + len(c.attributes) + bool(c.index) for c in own),
            sum(bool(c.tag) for c in own),
            self.order,
        )

    @property
    def alone(self) -> bool:
        """Whether tag, name and classes of the element itself decide."""
        own = self.compounds[-1]
        return len(self.compounds) == 1 and not own.attributes and not own.index

    def applies(self, element: Element, around: Sequence[Element]) -> bool:
        """Whether it fits an element inside those `around` it, the outermost first."""
        if not self.compounds[-1].fits(element):
            return False
        places = {len(around)}
        """Where the part of the selector that is looked at may begin."""
        for compound, how in zip(self.compounds[-2::-1], reversed(self.combinators), strict=False):
            if how == "~":  # what stands beside an element is not kept
                continue
            inner = range(max(places)) if how == " " else [place - 1 for place in places if place]
            places = {place for place in inner if compound.fits(around[place])}
            if not places:
                return False
        return True


class StyleSheet:
    """The rules of all `<style>` elements of a page, wherever these stand."""

    def __init__(self, page: str) -> None:
        self._by_key: dict[str, list[Rule]] = defaultdict(list)
        for number, rule in enumerate(_rules(page)):
            last = rule.compounds[-1]
            key = f"#{last.id}" if last.id else f".{last.classes[0]}" if last.classes else last.tag
            self._by_key[key].append(rule)
            if number == MOST_RULES:
                break

    def about(self, element: Element) -> list[Rule]:
        """The rules that speak of such an element; each may ask for more than that."""
        keys = (element.tag, "", f"#{element.attributes.get('id', '').lower()}", *(f".{c}" for c in element.classes))
        return [rule for key in keys for rule in self._by_key.get(key, ())]


MOST_RULES = 20_000
"""Excel writes one for each look of a cell; more than this serve only to stall readers."""
_MOST_COMPOUNDS = 12


def declarations(css: str) -> Declared:
    """What a block or a style attribute declares; of two that say the same, the last holds."""
    return {name.lower(): value.strip() for name, value in _DECLARATION.findall(css)}


def cascade(rules: Sequence[Rule], own: Declared) -> Declared:
    """What holds of an element: its own style goes before the rules, what is `!important` before all."""
    layers = [*(rule.declared for rule in rules), own]
    plain = {name: value for layer in layers for name, value in layer.items() if not _important(value)}
    loud = {name: value for layer in layers for name, value in layer.items() if _important(value)}
    return {**plain, **{name: value.rpartition("!")[0].strip() for name, value in loud.items()}}


def _important(value: str) -> bool:
    return value.lower().endswith("important") and "!" in value


# ------------------------------------------------------------------ reading


def _rules(page: str) -> Iterator[Rule]:
    order = 0
    for attributes, css in _STYLES.findall(page):
        if not css or re.search(r"media\s*=\s*[\"']?print", attributes, re.IGNORECASE):
            continue
        for blocks, declared in _blocks(_NOT_CSS.sub("", css)):
            conditional = any(
                not re.fullmatch(r"@media\s+(?:all|screen)", block, re.IGNORECASE) for block in blocks[:-1]
            )
            for selector in _NEXT_SELECTOR.split(blocks[-1]):
                if rule := _rule(selector.strip(), declared, order, conditional=conditional):
                    order += 1
                    yield rule


def _blocks(css: str) -> Iterator[tuple[list[str], Declared]]:
    """The heads around each block of declarations, outermost first, and what it declares."""
    heads: list[str] = []
    text: list[str] = []
    for token in _TOKENS.findall(css):
        if token == "{":
            heads.append("".join(text).strip())
            text = []
        elif token == "}" and heads:
            if not any(re.match(r"@(?!media|supports|layer)|@media\s+print", head, re.IGNORECASE) for head in heads):
                yield list(heads), declarations("".join(text))
            heads.pop()
            text = []
        elif token == ";" and not heads:
            text = []
        else:
            text.append(token)


def _rule(selector: str, declared: Declared, order: int, *, conditional: bool) -> Rule | None:
    if not selector or selector.startswith("@") or not declared:
        return None
    compounds: list[_Compound] = []
    combinators: list[str] = []
    at = 0
    while at < len(selector):
        found = _COMPOUND.match(selector, at)
        if found is None or found.end() == at:
            compounds.append(_Compound(unsure=True))
            break
        compounds.append(_compound(found))
        between = _COMBINATOR.match(selector, found.end())
        at = between.end() if between else found.end()
        if between:
            combinators.append({"+": "~"}.get(between[1], between[1]) or " ")
    if len(compounds) > _MOST_COMPOUNDS:
        compounds[:-_MOST_COMPOUNDS], combinators[:-_MOST_COMPOUNDS] = [_Compound(unsure=True)], [" "]
    return Rule(tuple(compounds), tuple(combinators), declared, order, conditional)


def _compound(found: re.Match[str]) -> _Compound:
    name = ""
    classes: list[str] = []
    attributes: list[tuple[str, str | None]] = []
    index, never, unsure = 0, False, False
    for mark, word, attribute, colons, pseudo, argument in _PART.findall(found[2]):
        if mark == "#":
            name = _plain(word)
        elif mark == ".":
            classes.append(_plain(word))
        elif attribute:
            stated = _ATTRIBUTE.fullmatch(attribute)
            unsure |= stated is None
            attributes += [(stated[1].lower(), stated[2])] if stated else []
        elif colons == "::" or pseudo.lower() in _ELSEWHERE | _NOT_AT_REST:
            never = True
        elif pseudo.lower() == "first-child":
            index = 1
        elif pseudo.lower() == "nth-child" and argument.strip().isdecimal():
            index = int(argument)
        else:
            unsure = True
    tag = (found[1] or "").lower().removeprefix("*")
    return _Compound(tag, name, tuple(classes), tuple(attributes), index, never, unsure)


def _plain(name: str) -> str:
    return name.replace("\\", "").lower()
