"""Whatever words a unit puts into a measures form come out the same, from every format, and nothing is left over."""

import re
import unicodedata

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pipeline.ingest.declared import says
from pipeline.periods import Month
from tests.ingest.documents import FORMATS, ITEMS, Measures, by_label, document, made, p, products, r, read, tbl, tc, tr

SIGN = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from("金融扶贫贷款产品利率户数、。，；：！？（）“”《》—…％％１２３ＡＢ　\n□☑√①№㎡😀𠀀éЖ"),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
)
WORDS = st.text(SIGN, min_size=1, max_size=60)
NO_WORDS = re.compile(r"[-–—―─/×\\]{0,3}|\(?null\)?|#null", re.IGNORECASE)
"""What stands for a cell without words, after full-width forms are folded."""

REFERS = re.compile(
    r"[上前]一?个?[月期季年]|去年同期|[与和跟同]本月|延续|沿用|变|没有|[无未]|照旧|同前|略|ditto", re.IGNORECASE
)
"""What may refer to what was said before: a finding of its own, where it may be."""


def is_words(text):
    folded = unicodedata.normalize("NFKC", text).strip()
    special = NO_WORDS.fullmatch(folded) or folded.startswith("同上") or says(text, Month(2018, 3)) is not None
    special = special or REFERS.search(re.sub(r"\s", "", folded)) or re.sub(r"\W", "", folded) in ITEMS
    lines = text.split("\n")
    return not special and not any(says(line, Month(2018, 3)) is False for line in lines)


def contents():
    return st.fixed_dictionaries({label: WORDS for label in ITEMS})


def expected(words):
    """Outer blanks are gone; nothing else is."""
    return {label: text.strip() for label, text in words.items() if text.strip()}


COMMON = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@COMMON
@given(contents(), st.sampled_from(FORMATS))
def test_words_come_out_as_they_went_in(words, kind):
    assume(all(is_words(text) for text in words.values()))
    reading = made(Measures(items=list(words.items()), products=()), kind)
    assert by_label(reading) == expected(words)
    assert reading.findings == []


@COMMON
@given(st.lists(st.tuples(*[WORDS] * 6), min_size=1, max_size=4), st.sampled_from(FORMATS))
def test_products_come_out_as_they_went_in(rows, kind):
    assume(all(is_words(text) and text.strip() for row in rows for text in row))
    reading = made(Measures(products=tuple(rows)), kind)
    assert products(reading) == [tuple(text.strip() for text in row) for row in rows]
    assert reading.findings == []


def cut(draw, text):
    """The text as runs, cut anywhere, some of them inside what Word wraps around runs."""
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    wraps = st.sampled_from(("{}", "<w:ins>{}</w:ins>", "<w:hyperlink>{}</w:hyperlink>", "<w:smartTag>{}</w:smartTag>"))
    return [draw(wraps).format(r(escaped(piece))) for piece in pieces if piece]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@COMMON
@given(contents(), st.data())
def test_however_word_cuts_a_text_into_runs_it_is_one_text(words, data):
    assume(all(is_words(text) for text in words.values()))
    rows = []
    for label, text in words.items():
        lines = [p(*cut(data.draw, line)) for line in text.split("\n")]
        rows.append(tr(label, tc(*lines)))
    body = p("金融机构扶贫工作措施表（2018年3月）") + p("填报单位：汉阴农商银行") + tbl(tr("项目", "内容"), *rows)
    assert by_label(read(document(body))) == expected(words)


@COMMON
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_any_document_with_tables_is_read_or_told_never_a_crash(rows):
    body = tbl(*[tr(*[escaped(text) for text in row]) for row in rows])
    reading = read(document(body + p("金融机构扶贫工作措施表（2018年3月）") + body))
    assert reading.findings
