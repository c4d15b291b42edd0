"""How the measurements are printed: a row each, and whether an aim is reached."""

from __future__ import annotations

ROW = "{:<48}{:>9}{:>8}{:>8}{:>8}{:>7}  {}"


def verdict(reached: float, aim: float, words: str) -> str:
    """The aim, and whether it is met: 「≤ 30 s 达到」."""
    return f"≤ {aim:g}{words} {'达到' if reached <= aim else '未达到'}"
