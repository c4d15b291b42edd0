"""A seeded simulation of a city's poverty-relief loans, and of the files that banks and counties send about them.

`simulate` makes the city, whose `statement`, `reported`, `county_return` and `targets` are the truth that tests
compare with, as is `measures.measures` for the words of Q01; `write` makes the files. Run as `python -m tests.generator`.
"""

from tests.generator.city import City, months_until, simulate
from tests.generator.writer import write

__all__ = ["City", "months_until", "simulate", "write"]
