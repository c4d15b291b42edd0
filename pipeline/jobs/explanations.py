"""What counts as an explanation 「核实说明」: it gives a cause, not an assurance."""

from __future__ import annotations

import re

from pipeline.catalog import Catalog
from pipeline.jobs.clock import Clock
from pipeline.periods import Month

_WORDS_OF_A_CAUSE = 5
"""Chinese characters that must be left of an answer when the stock phrases are taken out of it."""


GIVES_NO_CAUSE = "没有写明原因，不予受理"
OF_A_FIGURE = "请写明造成这一数值的具体原因（不少于{shortest}个字），例如涉及哪几户、哪项业务。"
OF_A_DECISION = "请写明这样决定的具体原因（不少于{shortest}个字），例如谁要求、为什么等不到更正。"
"""What is asked instead of an assurance."""


def why_refused(answer: str, catalog: Catalog, clock: Clock, ask: str = OF_A_FIGURE) -> str:
    """Why an explanation is not accepted, and what one looks like; empty where it is.

    Official practice asks for the cause (FORMS §3: 情况属实, 已核实 and the like are refused).
    """
    month = Month.of(clock.day)
    phrases = [
        *catalog.policy.value("explanation_refused", month),
        *catalog.policy.value("explanation_without_cause", month),
    ]
    shortest = int(catalog.policy.value("explanation_min_characters", month))
    bare = re.sub(r"[\s，。、；！,.;!]", "", answer)
    cause = bare
    for phrase in sorted(phrases, key=len, reverse=True):
        cause = cause.replace(phrase, "")
    if len(bare) >= shortest and len(re.findall(r"[\u4e00-\u9fff]", cause)) >= _WORDS_OF_A_CAUSE:
        return ""
    return f"{GIVES_NO_CAUSE}。{ask.format(shortest=shortest)}"
