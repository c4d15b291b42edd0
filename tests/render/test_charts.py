from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib import font_manager
from PIL import Image

from pipeline.errors import FontMissing
from pipeline.render.charts import BAR, Chart, Mark, Point, png, svg
from pipeline.render.charts_canvas import load
from tests.render.pictures import BUSY, THREE, Picture, bar, chart, months

ROOT = Path(__file__).parents[2]


def test_it_says_what_it_is_and_what_it_shows():
    picture = Picture(THREE)
    assert picture.told("title") == "本年累计发放金额（分县区）"
    assert picture.told("desc") == "合计6.00万元。"
    assert picture.root.get("role") == "img"
    ids = {element.get("id") for element in picture.root.iter()}
    assert set(picture.root.get("aria-labelledby").split()) <= ids
    assert picture.words() == ["单位：万元", "甲县", "300.00", "乙县", "100.00", "丙县", "200.00"]


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=9))
@settings(max_examples=20, deadline=None)
def test_bars_are_as_long_as_their_numbers_say(numbers):
    bars = Picture(chart(*(bar(f"{place}县", number) for place, number in enumerate(numbers)))).bars()
    longest = max(numbers)
    assert len(bars) == len(numbers)
    for drawn, number in zip(bars, numbers, strict=True):
        assert drawn.wide == pytest.approx(394 * number / longest, abs=0.01)
    assert all(above.bottom < below.top for above, below in pairwise(bars))


def test_what_is_not_reported_is_a_gap_with_words():
    picture = Picture(chart(bar("甲县", 300), bar("乙县", None), bar("丙县", None, "未报齐，不计算")))
    assert [drawn.wide > 0 for drawn in picture.bars()] == [True, False, False]
    assert picture.words()[-4:] == ["乙县", "未报送", "丙县", "未报齐，不计算"]


def test_a_partial_sum_is_hatched_and_told():
    picture = Picture(chart(bar("甲县", 300), bar("乙县", 100, "100.00*", partial=True)))
    assert [drawn.wide for drawn in picture.hatched()] == [picture.bars()[1].wide]
    assert picture.words()[-1] == "斜线、带“*”的：有单位未报送"


def test_negative_numbers_go_the_other_way():
    up, down = Picture(chart(bar("甲县", 300), bar("乙县", -100, "-100.00"))).bars()
    assert down.right == up.left, "both begin at zero"
    assert up.wide == pytest.approx(3 * down.wide)


@pytest.mark.parametrize(
    ("why", "points"),
    [
        ("nothing was lent anywhere", (bar("甲县", 0), bar("乙县", 0))),
        ("one county", (bar("甲县", 7),)),
        ("one county with nothing", (bar("甲县", 0),)),
        ("nobody reported", (bar("甲县", None), bar("乙县", None))),
        ("no county at all", ()),
        ("far apart", (bar("甲县", 10**15), bar("乙县", 1))),
    ],
)
@pytest.mark.parametrize("over_time", [False, True])
def test_every_chart_can_be_drawn(why, points, over_time):
    picture = Picture(chart(*points, over_time=over_time))
    assert not re.search(r"\b(nan|inf)\b", picture.text), why
    assert [point.words for point in points if point.words not in picture.words()] == []


def test_the_mark_stands_where_its_number_is():
    mark = Mark("序时进度 25.00%", Fraction(1, 4))
    points = (Point("甲县", "50.00%", Fraction(1, 2)), Point("乙县", "10.00%", Fraction(1, 10)))
    picture = Picture(chart(*points, mark=mark))
    (half, _), (line,) = picture.bars(), picture.lines("#8c1c13")
    assert line.left == line.right == pytest.approx((half.left + half.right) / 2)
    assert picture.place("序时进度 25.00%")[0] == pytest.approx(line.left)


def test_a_mark_beyond_every_bar_stays_on_the_picture():
    picture = Picture(chart(bar("甲县", 1), mark=Mark("全市 1000.00", Fraction(1000))))
    assert all(line.right < 600 for line in picture.lines("#8c1c13"))


# ------------------------------------------------------------------ over time


def test_a_gap_breaks_the_line():
    picture = Picture(months(100, 110, 120, None, 130, 140))
    assert [line.corners for line in picture.lines(BAR)] == [3, 2]
    assert len(picture.dots()) == 5
    assert picture.words().count("未报送") == 1


def test_a_point_between_gaps_is_a_point():
    picture = Picture(months(None, 100, None, 120))
    assert picture.lines(BAR) == []
    assert len(picture.dots()) == 2


def test_a_partial_month_is_hollow():
    picture = Picture(months(100, 90, partial=(2,)))
    assert picture.dots() == [BAR, "#ffffff"]
    assert picture.words()[-1] == "空心点、带“*”的：有单位未报送"


def test_the_year_is_written_once():
    assert Picture(months(*range(1, 13))).words().count("2018年") == 1


def test_fifteen_months_find_room():
    """Words beside each other do not touch: 9 characters at 10.5 points, alternating above and below."""
    picture = Picture(months(*(25_000 + number for number in range(15))))
    places = sorted(picture.place(f"{number + 25_000}.00") for number in range(15))
    same_side = list(zip(places, places[2:], strict=False))
    assert min(right[0] - left[0] for left, right in same_side) > 8 * 10.5 * 0.6


# ------------------------------------------------------------------ text from outside

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></text></svg>",
    "{{ 7*7 }}{% raw %}",
    "$x^2$ \\alpha _",
    ' style="fill: red" ',
    "'DejaVu Sans'",
    "&amp; & &#60;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text):
    hostile = Chart("x", text, text, (Point("甲县", text, Fraction(1)),), text, Mark(text, Fraction(1)))
    picture = Picture(hostile)
    assert picture.told("title") == picture.told("desc") == text
    assert picture.words() == [f"单位：{text}", text, "甲县", text]
    assert len(list(picture.root.iter("{http://www.w3.org/2000/svg}script"))) == 0


def test_what_cannot_be_seen_is_named_and_what_is_long_is_cut():
    picture = Picture(chart(bar("甲\u202e县", 1, "1\x00\u200b2"), bar("很长很长很长的名字", 2)))
    assert picture.words()[1:] == ["甲⟨U+202…", "1⟨U+0000⟩⟨U+200B⟩2", "很长很长很长的…", "2.00"]


# ------------------------------------------------------------------ on a page


@pytest.mark.parametrize("drawn", [BUSY, months(1, 2, None, 4, partial=(2,))])
def test_no_style_and_nothing_from_elsewhere(drawn):
    """A page that forbids inline styles, scripts and requests shows it as it is."""
    root = ElementTree.fromstring(svg(drawn))
    assert not [element.tag for element in root.iter() if element.tag.endswith(("style", "script", "image", "a"))]
    attributes = [(name, value) for element in root.iter() for name, value in element.attrib.items()]
    assert not [name for name, _ in attributes if name == "style" or name.startswith("on")]
    references = [value for name, value in attributes if name.endswith("href") or "url(" in value]
    assert references
    assert all(re.fullmatch(r"#\w+|url\(#\w+\)", value) for value in references)


def test_pictures_on_one_page_share_no_id():
    other = replace(BUSY, id="other")
    found = [re.findall(r'\bid="([^"]+)"', svg(drawn).decode()) for drawn in (BUSY, other)]
    ids = [*found[0], *found[1]]
    assert len(ids) == len(set(ids))


# ------------------------------------------------------------------ whatever the machine

_DRAW = """
import sys
from tests.render.pictures import BUSY, months
from pipeline.render.charts import svg
sys.stdout.buffer.write(svg(BUSY) + svg(months(1, 2, None, 4, partial=(2,))))
"""


def elsewhere(program: str, tmp_path: Path, **env: str) -> subprocess.CompletedProcess:
    """A process with no environment but this."""
    bare = {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    keep = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, env={**keep, **bare, **env}, check=False
    )


@pytest.fixture
def only_its_own_fonts(monkeypatch):
    """A machine that has no fonts but those that come with matplotlib."""
    load()
    manager = font_manager.fontManager
    own = [entry for entry in manager.ttflist if "mpl-data" in entry.fname]
    monkeypatch.setattr(manager, "ttflist", own)
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda *_, **__: [])
    assert own


def test_the_same_bytes_whatever_fonts(only_its_own_fonts, monkeypatch):
    poor = svg(BUSY)
    monkeypatch.undo()
    assert svg(BUSY) == poor


@pytest.mark.parametrize(
    ("why", "env"),
    [
        ("nobody's home", {}),
        ("settings cannot be written", {"HOME": "/proc/nobody", "MPLCONFIGDIR": "/proc/nobody"}),
        ("somebody chose another window system", {"MPLBACKEND": "no-such-backend", "LC_ALL": "C"}),
    ],
)
def test_the_same_bytes_on_any_machine(why, env, tmp_path):
    done = elsewhere(_DRAW, tmp_path, **env)
    assert (done.returncode, done.stderr) == (0, b""), why
    assert done.stdout == svg(BUSY) + svg(months(1, 2, None, 4, partial=(2,)))


def test_an_svg_needs_no_window_and_no_pyplot(tmp_path):
    done = elsewhere(_DRAW + "assert 'matplotlib.pyplot' not in sys.modules", tmp_path)
    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------ for Word


def test_a_png_is_as_large_as_asked():
    picture = Image.open(io.BytesIO(png(THREE, dots_per_inch=144)))
    assert picture.format == "PNG"
    assert picture.width == 1200


def test_the_same_png_twice():
    assert png(BUSY) == png(BUSY)


def test_a_character_that_would_be_a_box_is_refused():
    with pytest.raises(FontMissing, match="缺少图中的某个字"):
        png(chart(bar("\U00013000", 1)))


def test_without_a_chinese_font_there_is_no_png(only_its_own_fonts):
    with pytest.raises(FontMissing, match="apt install fonts-noto-cjk"):
        png(THREE)
