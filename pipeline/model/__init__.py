"""The words of the house as types: cells, submissions, findings, figures; nothing here knows files, rules or SQL."""

from __future__ import annotations

from pipeline.model.answers import Answer
from pipeline.model.digests import digest
from pipeline.model.figures import Figure, FigurePart, FigureRow, FigureTable
from pipeline.model.findings import Accused, Bound, Finding, Severity
from pipeline.model.grid import DOCUMENT, Cell, CellKind, Grid, Merge, Scalar, Sheet, Unreadable, address
from pipeline.model.measures import AS_LAST_MONTH, MeasureGroup, MeasureRow, MeasureTable, Wording
from pipeline.model.ranges import cells_told, position_of, ranges
from pipeline.model.submissions import ImportedFigure, Observation, ReceivedFile, Submission
from pipeline.model.symbols import Symbol

__all__ = [
    "AS_LAST_MONTH",
    "DOCUMENT",
    "Accused",
    "Answer",
    "Bound",
    "Cell",
    "CellKind",
    "Figure",
    "FigurePart",
    "FigureRow",
    "FigureTable",
    "Finding",
    "Grid",
    "ImportedFigure",
    "MeasureGroup",
    "MeasureRow",
    "MeasureTable",
    "Merge",
    "Observation",
    "ReceivedFile",
    "Scalar",
    "Severity",
    "Sheet",
    "Submission",
    "Symbol",
    "Unreadable",
    "Wording",
    "address",
    "cells_told",
    "digest",
    "position_of",
    "ranges",
]
