"""A seeded simulation of a city's poverty-relief loans, and of the files that banks and counties send about them.

`simulate` makes the city, whose `statement`, `reported`, `county_return` and `targets` are the truth that tests
compare with; `write` makes the files. Run as `python -m sample_data.generator`.
"""

from sample_data.generator.city import City, months_until, simulate
from sample_data.generator.writer import write

__all__ = ["City", "months_until", "simulate", "write"]
