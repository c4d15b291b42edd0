import hashlib

import pytest

from pipeline.store.archive import Archive, ChangedError

LARGE = bytes(range(256)) * 9_000
"""More than two slices."""


def digest_of(data):
    return hashlib.sha256(data).hexdigest()


def test_a_large_file_is_kept_as_it_is(tmp_path):
    source = tmp_path / "大.zip"
    source.write_bytes(LARGE)
    archive = Archive(tmp_path / "archive")
    archive.put_file(source, digest_of(LARGE))
    assert archive.get(digest_of(LARGE)) == LARGE
    archive.put_file(source, digest_of(LARGE))
    assert [path.name for path in (tmp_path / "archive").rglob("*") if path.is_file()] == [digest_of(LARGE)]


def test_a_file_that_is_being_written_is_not_kept_half(tmp_path):
    source = tmp_path / "大.zip"
    source.write_bytes(LARGE[:-1])
    archive = Archive(tmp_path / "archive")
    with pytest.raises(ChangedError, match="还在写入"):
        archive.put_file(source, digest_of(LARGE))
    assert not [path for path in (tmp_path / "archive").rglob("*") if path.is_file()]
