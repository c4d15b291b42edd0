"""Inboxes with archives and mails, looked into by the whole program or by its receiving alone."""

import json
import sqlite3
from contextlib import closing

from pipeline.jobs.aside import Aside
from pipeline.jobs.clock import clock_for
from pipeline.jobs.receive import record, take_in
from pipeline.store.store import Store
from tests.ingest.sheets import CATALOG, Statement
from tests.jobs.inprocess import asked
from tests.jobs.sample import AS_OF, SAMPLE

ABC = (SAMPLE / "2018-03" / "农行2018年3月金融扶贫小额贷款统计表.xlsx").read_bytes()
SHIQUAN = (SAMPLE / "2018-03" / "石泉农商银行2018年3月.xlsx").read_bytes()
PDF = b"%PDF-1.4\nscan"
MONTH = ("2018-03", "--as-of", AS_OF)
IN_TIME, LATE = "Sun, 8 Apr 2018 16:30:59 +0800", "Mon, 9 Apr 2018 23:30:00 +0000"
"""The second is 10 April, 07:30, in China: two days after the 8th."""


class Nobody(Aside):
    """Nothing is drawn here."""

    def ask(self, make, *args, **more):
        return lambda: make(*args, **more)


def taken(inbox, as_of=AS_OF):
    """What one look into the inbox brings and records, without a release."""
    store, clock = Store(inbox.parent, create=True), clock_for(as_of)
    intake = take_in(store, inbox, CATALOG, clock, lambda *_: None, Nobody())
    with store.transaction() as connection:
        record(connection, intake, clock)
    store.close()
    return intake


def times(intake):
    return {file.name: file.received_at for file in intake.files}


def rules(intake):
    """Rules that each file broke, beside those of the statements themselves."""
    told = zip(intake.files, intake.readings, strict=True)
    return {file.name: [f.rule for f in reading.findings if not f.submission] for file, reading in told}


def statement(*changes, **more):
    """A statement of 农行; each change is (row, column, value)."""
    made = Statement(**more)
    for row, column, value in changes:
        made.rows[row][column] = value
    return made.data()


def monthly(capsys, inbox, as_of=AS_OF):
    return asked(capsys, "monthly", "2018-03", "--as-of", as_of, "--workspace", inbox.parent)


def received(told):
    return {file["file"]: file for file in told["data"]["received"]}


def findings(told):
    """Rules that each file received broke, beside those of the statements themselves."""
    return {name: [f["rule"] for f in file["findings"] if not f["submission"]] for name, file in received(told).items()}


def journalled(workspace):
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        bodies = raw.execute("SELECT body FROM journal WHERE kind = 'received' ORDER BY seq")
        return [json.loads(body) for (body,) in bodies]


def derived(workspace):
    """Every derived row, but for numbers of rows."""
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        return {
            table: sorted(map(repr, raw.execute(f"SELECT * FROM {table}")))
            for table in ("received_file", "submission", "observation", "finding")
        }


def grow_old(workspace):
    """The store as a program with other tables would leave it."""
    with closing(sqlite3.connect(workspace / "store" / "store.sqlite")) as raw:
        raw.execute("PRAGMA user_version = 999")
        raw.commit()
