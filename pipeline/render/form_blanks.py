"""What is not filled in yet in a blank form, and a month without business: counted in formulas, one line an area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import address
from pipeline.render.form_formulas import HARD, SOFT, WHOLE, Check
from pipeline.render.form_page import NIL, YES, Page, absolute
from pipeline.render.form_rules import NilRule, Owed
from pipeline.render.form_sentences import literals
from pipeline.render.form_sums import BROKEN, HOLDS

OWED = "必填的格"
_DASH = "—"
_HALF = 2
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NilMonth:
    """Writes what the box 「本月无业务」 says against the figures of the month."""

    page: Page

    def checks(self, states: Iterator[str]) -> Iterator[Check]:
        """Every check; of `states` each takes the cell in which its state will stand."""
        for rule in self.page.form.nil_rules:
            yield self._check(rule, next(states))

    def declared(self, first: Iterator[str]) -> str:
        """The cell that says whether it is declared, and so: of the states of these checks, in their order."""
        states = zip(self.page.form.nil_rules, first, strict=False)
        return next((state for rule, state in states if rule.is_declared), "")

    def _check(self, rule: NilRule, state: str) -> Check:
        page = self.page
        row, col = page.nil or (0, 0)
        says_nil = f"TRIM('{page.form.sheet}'!{absolute(row, col)})=\"{YES}\""
        flows = page.blocks(at for (_, key), at in page.places.items() if key in rule.flows)
        moved = "+".join(f'COUNTIF({block},"<0")+COUNTIF({block},">0")' for block in flows)
        if rule.is_declared:
            judged = f'IF({says_nil},IF({moved}>0,"{BROKEN}","{HOLDS}"),"")'
        else:
            cells = [at for owed in page.form.owed for at in cells_of(page, owed, owed.monthly)]
            is_filled = f"COUNT({','.join(page.blocks(cells))})={len(cells)}"
            judged = f'IF({is_filled},IF(AND({moved}=0,NOT({says_nil})),"{BROKEN}","{HOLDS}"),"")'
        told = "&".join(literals(rule.message))
        return Check(
            rule.code, HARD if rule.hard else SOFT, WHOLE, NIL, address(row, col), f"={judged}",
            f'=IF({state}="{BROKEN}",{told},"")',
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Blanks:
    """Writes how much is owed yet of each area.

    `filled` is the cell that holds how many cells are filled in at all, `nil` as in `Sums`.
    """

    page: Page
    filled: str
    nil: str

    def filled_in(self) -> str:
        """How many of the cells that were handed out empty are not so any more."""
        known = self.page.form.known
        open_cells = [at for place, at in self.page.places.items() if place not in known]
        return f"COUNTA({','.join(self.page.blocks(open_cells))})"

    def checks(self, states: Iterator[str]) -> Iterator[Check]:
        """Every check; of `states` each takes the cell in which its state will stand."""
        for owed in self.page.form.owed:
            yield self._check(owed, next(states))

    def _check(self, owed: Owed, state: str) -> Check:
        page = self.page
        always = cells_of(page, owed, frozenset(owed.keys) - owed.monthly)
        monthly = cells_of(page, owed, owed.monthly)
        listed = cells_of(page, owed, owed.listed)
        always = [cell for cell in always if cell not in listed]
        parts = [self._blank(always, owed)] if always else []
        if listed:
            rows = [at for (area, _), at in page.places.items() if area.startswith("#")]
            below = f"COUNTA({','.join(page.blocks(rows))})" if rows else "0"
            parts.append(f"IF({below}>0,0,{self._blank(listed, owed)})")
        if monthly:
            blank = self._blank(monthly, owed)
            parts.append(f'IF({self.nil}="{HOLDS}",{self._dashes(monthly)},{blank})' if self.nil else blank)
        for one, other in owed.beside:
            cells = [page.places[owed.area, one]]
            above = f"N('{page.form.sheet}'!{absolute(*page.places[owed.area, other])})>0"
            parts.append(f"IF({above},{self._blank(cells, owed)},0)")
        lacking = "+".join(parts)
        name, count = page.named(owed.area) or WHOLE, len(always) + len(listed) + len(monthly)
        zero = "" if owed.of_words else "空白表示未报，不等于0："
        nothing = "&".join(literals(f"{name}还没有填（必填{count}格）。{owed.advice}"))
        some = "&".join([*literals(f"{name}还有"), state, *literals(f"格没有填。{zero}{owed.advice}")])
        return Check(
            owed.code, HARD if owed.hard else SOFT, name, OWED, address(*min((*always, *listed, *monthly))),
            f'=IF({self.filled}=0,"",IF({lacking}=0,"{HOLDS}",{lacking}))',
            f'=IF(ISNUMBER({state}),IF({state}={count},{nothing},{some}),"")',
        )  # fmt: skip

    def _blank(self, cells: Sequence[Cell], owed: Owed) -> str:
        """A dash says that something does not apply: what must be reported does."""
        blank = f"{len(cells)}-COUNTA({','.join(self.page.blocks(cells))})"
        return blank if owed.of_words else f"{blank}+{self._dashes(cells)}"

    def _dashes(self, cells: Sequence[Cell]) -> str:
        return "+".join(f'COUNTIF({block},"{_DASH}")' for block in self.page.blocks(cells))


def cells_of(page: Page, owed: Owed, keys: frozenset[str]) -> list[Cell]:
    """Where these of the figures stand that are owed of an area."""
    return [page.places[owed.area, key] for key in owed.keys if key in keys]


def colour_blanks(page: Page) -> None:
    """What is still owed of an area stands out, quietly, once at least half of it is filled in."""
    look = {"format": page.looks.bare("lacking"), "type": "formula"}
    for owed in page.form.owed:
        cells = {key: page.places[owed.area, key] for key in owed.keys if key not in owed.listed}
        filled = ",".join(page.blocks(cells.values(), named=False))
        is_half = f"COUNTA({filled})*{_HALF}>={len(cells)}"
        for is_monthly in (False, True):
            own = [at for key, at in cells.items() if (key in owed.monthly) is is_monthly]
            says_nil = f',TRIM({absolute(*page.nil)})<>"{YES}"' if is_monthly and page.nil else ""
            for top, left, bottom, right in page.rectangles(own):
                here = f"ISBLANK({address(top, left)})"
                page.sheet.conditional_format(
                    top, left, bottom, right, {**look, "criteria": f"=AND({here},{is_half}{says_nil})"}
                )
