from __future__ import annotations

from pipeline.render.header import Span, heights, spans


def test_equal_neighbours_merge_and_last_words_reach_the_bottom():
    found = spans([("县(区)",), ("发放", "本月", "户数"), ("发放", "本月", "金额"), ("发放", "余额"), ("余额", "金额")])
    assert sorted(found, key=lambda span: (span.left, span.top)) == [
        Span(0, 0, 2, 0, "县(区)"),
        Span(0, 1, 0, 3, "发放"),
        Span(1, 1, 1, 2, "本月"),
        Span(2, 1, 2, 1, "户数"),
        Span(2, 2, 2, 2, "金额"),
        Span(1, 3, 2, 3, "余额"),
        Span(0, 4, 0, 4, "余额"),
        Span(1, 4, 2, 4, "金额"),
    ]


def test_the_same_word_under_two_heads_is_not_merged():
    found = spans([("甲", "合", "户数"), ("乙", "合", "户数")])
    assert [(span.left, span.right) for span in found if span.text == "合"] == [(0, 0), (1, 1)]


def test_narrow_columns_make_the_header_higher():
    header = spans([("建档立卡贫困户数",), ("授信", "户数")])
    narrow, wide = heights(header, [4.0, 10.0], 12), heights(header, [40.0, 10.0], 12)
    assert sum(narrow) > sum(wide)
    assert len(narrow) == len(wide) == 2
