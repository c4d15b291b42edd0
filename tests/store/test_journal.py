import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from pipeline.errors import StoreError
from pipeline.store import journal, tables
from pipeline.store.journal import EXPLAINED, UNDONE, WITHDRAWN, Entry
from pipeline.store.store import Store


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path, create=True)
    yield opened
    opened.close()


def test_entries_are_numbered_and_chained(store):
    with store.transaction() as connection:
        one = journal.append(connection, EXPLAINED, "2018-04-01 10:00:00", {"period": "2018-03", "text": "甲"})
        two = journal.append(connection, WITHDRAWN, "2018-04-02 10:00:00", {"period": "2018-03"})
        rows = connection.execute(select(tables.journal).order_by(tables.journal.c.seq)).all()
    assert (one.seq, two.seq) == (1, 2)
    assert rows[1].previous == one.hash
    assert rows[1].hash == journal.chain_hash(rows[1].previous, rows[1].at, rows[1].kind, rows[1].body)


@pytest.mark.parametrize("change", [update(tables.journal).values(body="{}"), delete(tables.journal)])
def test_the_journal_cannot_be_changed_or_shortened(store, change):
    with store.transaction() as connection:
        journal.append(connection, EXPLAINED, "2018-04-01 10:00:00", {})
    with pytest.raises((StoreError, DatabaseError)), store.transaction() as connection:
        connection.execute(change)
    with store.transaction() as connection:
        assert len(journal.entries(connection, (EXPLAINED,), 99)) == 1


def test_a_vintage_is_what_was_known_at_a_moment(store):
    with store.transaction() as connection:
        journal.append(connection, EXPLAINED, "2018-04-01 10:00:00", {})
        journal.append(connection, EXPLAINED, "2018-04-03 10:00:00", {})
        assert journal.vintage_at(connection, "2018-03-31 23:59:59") == 0
        assert journal.vintage_at(connection, "2018-04-02 00:00:00") == 1
        assert journal.vintage_at(connection, "2018-04-03 10:00:00") == 2


def test_when_entries_were_made_is_known_by_their_positions(store):
    with store.transaction() as connection:
        journal.append(connection, EXPLAINED, "2018-04-01 10:00:00", {})
        journal.append(connection, WITHDRAWN, "2018-04-03 10:00:00", {})
        assert journal.times(connection, {2}) == {2: "2018-04-03 10:00:00"}
        assert journal.times(connection, ()) == {}


def test_what_fails_in_a_transaction_leaves_nothing(store):
    with pytest.raises(RuntimeError), store.transaction() as connection:
        journal.append(connection, EXPLAINED, "2018-04-01 10:00:00", {})
        raise RuntimeError
    with store.transaction() as connection:
        assert journal.last_entry_at(connection) == ""


def entry(seq, kind, **body):
    return Entry(seq, "2018-04-01 10:00:00", kind, body, "")


@pytest.mark.parametrize(
    ("why", "entries", "standing"),
    [
        ("nothing is undone", [entry(1, EXPLAINED)], [1]),
        ("an undone decision is gone", [entry(1, EXPLAINED), entry(2, UNDONE, undone=1)], [2]),
        (
            "an undoing that is undone gives the decision back",
            [entry(1, EXPLAINED), entry(2, UNDONE, undone=1), entry(3, UNDONE, undone=2)],
            [1, 3],
        ),
    ],
)
def test_decisions_in_effect(why, entries, standing):
    assert [e.seq for e in journal.in_effect(entries)] == standing
