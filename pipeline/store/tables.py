"""The tables of the store. `journal` is truth; everything else is derived from it and the archive."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table

VERSION = 4
"""Raised whenever a derived table changes shape: the store then derives everything again."""

metadata = MetaData()

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("period", String, nullable=False),
    Column("body", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("journal_kind_period", "kind", "period"),
    Index("journal_at", "at"),
)
"""`period` repeats what the body says, so that a month is found without reading every other."""

derivation = Table("derivation", metadata, Column("fingerprint", String, nullable=False))

received_file = Table(
    "received_file",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("method", String, nullable=False),
    Column("sender", String, nullable=False),
    Column("transcribed_by", String, nullable=False),
    Column("entry", Integer, nullable=False),
)

submission = Table(
    "submission",
    metadata,
    Column("id", String, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("form", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("period", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("layout", String, nullable=False),
    Column("received_at", String, nullable=False),
    Column("money_unit", String, nullable=False),
    Column("step", Integer, nullable=False),
    Column("nil", Boolean, nullable=False),
    Column("sample", Boolean, nullable=False),
    Index("submission_period", "period"),
)

observation = Table(
    "observation",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("submission", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("area", String, nullable=False),
    Column("institution", String, nullable=False),
    Column("item", Integer, nullable=False),
    Column("value", Integer),
    Column("text", String, nullable=False),
    Column("symbol", String, nullable=False),
    Column("total", Boolean, nullable=False),
    Column("sheet", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("raw", String, nullable=False),
    Column("changes", String, nullable=False),
    Index("observation_submission", "submission"),
    Index("observation_indicator_value", "indicator", "value"),
)

imported_figure = Table(
    "imported_figure",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("period", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("form", String, nullable=False),
    Column("institution", String, nullable=False),
    Column("area", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("value", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("raw", String, nullable=False),
    Column("changes", String, nullable=False),
    Index("imported_figure_period", "period"),
    Index("imported_figure_sha256", "sha256"),
)
"""Figures of imported tables. They are nobody's submission: no verdict, no duty; the journal says which count."""

finding = Table(
    "finding",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("until", Integer),
    Column("rule", String, nullable=False),
    Column("level", Integer, nullable=False),
    Column("severity", String, nullable=False),
    Column("message", String, nullable=False),
    Column("file", String, nullable=False),
    Column("sha256", String, nullable=False),
    Column("period", String, nullable=False),
    Column("form", String, nullable=False),
    Column("submission", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("area", String, nullable=False),
    Column("indicator", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("cell", String, nullable=False),
    Column("value", String, nullable=False),
    Column("expected", String, nullable=False),
    Column("bound", String, nullable=False),
    Column("cause", String, nullable=False),
    Column("under", String, nullable=False),
    Column("accused", String, nullable=False),
    Index("finding_period", "period"),
    Index("finding_submission", "submission"),
    Index("finding_id", "id"),
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("period", String, primary_key=True),
    Column("key", String, nullable=False),
)
"""On what rules that look beyond one submission were last run: the last journal entry that mattered, and a digest."""

DERIVED = (derivation, received_file, submission, observation, imported_figure, finding, evaluation)

APPEND_ONLY = tuple(
    f"CREATE TRIGGER IF NOT EXISTS journal_{name} BEFORE {verb} ON journal "
    "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
    for verb, name in (("UPDATE", "is_never_changed"), ("DELETE", "is_never_shortened"))
)
