"""Text from outside: what cannot be seen is named, what only guides line breaks is left out, the rest stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.harmless import printable, shortened, visible


@pytest.mark.parametrize(
    ("text", "seen", "printed"),
    [
        ("成立小组，行长任组长。（5%）", "成立小组，行长任组长。（5%）", "成立小组，行长任组长。（5%）"),
        ("甲\t乙\n丙", "甲\t乙\n丙", "甲\t乙\n丙"),
        ("甲\r\n乙", "甲\n乙", "甲\n乙"),
        ("甲\r乙", "甲⟨U+000D⟩乙", "甲⟨U+000D⟩乙"),
        ("\x00", "⟨U+0000⟩", "⟨U+0000⟩"),
        ("\x85\u2028", "⟨U+0085⟩⟨U+2028⟩", "⟨U+0085⟩⟨U+2028⟩"),
        ("\ufffe", "⟨U+FFFE⟩", "⟨U+FFFE⟩"),
        ("\ud800", "⟨U+D800⟩", "⟨U+D800⟩"),
        ("abc\u202edcb", "abc⟨U+202E⟩dcb", "abc⟨U+202E⟩dcb"),
        ("甲\u200b乙\ufeff", "甲⟨U+200B⟩乙⟨U+FEFF⟩", "甲乙"),
        ("👩\u200d🌾", "👩⟨U+200D⟩🌾", "👩\u200d🌾"),
    ],
)
def test_what_is_seen_and_what_is_printed(text, seen, printed):
    assert (visible(text), printable(text)) == (seen, printed)


@given(st.text())
def test_nothing_unseen_is_left_and_saying_it_twice_changes_nothing(text):
    for say in (visible, printable):
        assert say(say(text)) == say(text)
    for character in visible(text):
        assert character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def test_what_is_too_long_says_how_long_and_where_the_whole_is():
    assert shortened("甲" * 5, 5, "附件1") == "甲甲甲甲甲"
    assert shortened("甲" * 6, 5, "附件1") == "甲甲甲甲甲……（全文共6字，见附件1）"
