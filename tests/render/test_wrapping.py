from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.wrapping import character_width, cut, line_heights, lines_in, wrapped

TEXTS = st.text(st.sampled_from("一二三，。（）ab CD1,5%\n😀ＡЩ"), max_size=120)

# 66 points hold six Chinese characters of ten points beside the padding


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("一二三四五六", ["一二三四五六"]),
        ("一二三四五六七", ["一二三四五六", "七"]),
        ("一二三四五六，七", ["一二三四五", "六，七"]),
        ("一二三四五（六）", ["一二三四五", "（六）"]),
        ("一\n\n二", ["一\n", "\n", "二"]),
        ("一二三2018年", ["一二三2018", "年"]),
        ("一二三四2018年", ["一二三四", "2018年"]),
        ("abc defghi jk", ["abc ", "defghi jk"]),
        ("x" * 20, ["xxxxxxxx", "xxxxxxxx", "xxxx"]),
    ],
)
def test_lines_break_as_a_program_would_or_earlier(text, lines):
    assert wrapped(text, 66, 10) == lines


@given(TEXTS, st.floats(7, 200), st.sampled_from([9.0, 10.5]))
def test_nothing_is_lost_and_no_line_is_wider_than_its_cell(text, points, size):
    lines = wrapped(text, points, size)
    assert "".join(lines) == text
    room = max(1.5, (points - 6) / size)
    for line in lines:
        assert line
        assert len(line) == 1 or sum(map(character_width, line.rstrip("\n"))) <= room + 1e-6


@given(TEXTS, st.floats(7, 200), st.integers(0, 9))
def test_the_first_lines_are_those_of_the_whole(text, points, most):
    assert wrapped(text, points, 10, most) == wrapped(text, points, 10)[:most]


@given(TEXTS, st.integers(1, 9))
def test_a_cut_needs_no_more_lines_than_one_beyond_it(text, count):
    assert cut(text, wrapped(text, 60, 10, count + 1), count) == cut(text, wrapped(text, 60, 10), count)


@given(TEXTS, st.integers(1, 9))
def test_a_cut_loses_only_the_line_end_at_which_it_is_made(text, count):
    lines = wrapped(text, 60, 10)
    head, rest = cut(text, lines, count)
    assert (head + rest).replace("\n", "") == text.replace("\n", "")
    assert len(wrapped(head, 60, 10)) <= count
    assert not text or len(rest) < len(text)


def test_a_cut_is_made_after_a_sentence_that_ends_near():
    text = "一二三四五六。七八九十一二三四五"
    lines = wrapped(text, 36, 10)
    assert lines == ["一二三", "四五", "六。七", "八九十", "一二三", "四五"]
    assert cut(text, lines, 3) == ("一二三四五六。", "七八九十一二三四五")
    assert cut(text, lines, 5) == ("一二三四五六。七八九十一二三", "四五"), "too much would be left white"
    assert cut(text, lines, 6) == (text, "")


@pytest.mark.parametrize("size", [9.0, 9.5, 10.0, 10.5])
def test_heights_and_lines_agree(size):
    for count in range(1, 30):
        assert lines_in(line_heights(count, size), size) == count
        assert lines_in(line_heights(count, size) - 1, size) == max(1, count - 1)
