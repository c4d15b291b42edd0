"""Products beside their release: what is no longer what was released, or no longer there, is named."""

from __future__ import annotations

from hashlib import sha256

from pipeline.jobs.products import changed_by_hand


def test_what_was_changed_and_what_is_gone_is_named(tmp_path):
    (tmp_path / "2018-03" / "退回单").mkdir(parents=True)
    for name in ("附件2.xlsx", "附件3.xlsx"):
        (tmp_path / "2018-03" / name).write_bytes(name.encode())
    released = {name: sha256(name.encode()).hexdigest() for name in ("附件2.xlsx", "附件3.xlsx", "退回单/标注.xlsx")}
    assert changed_by_hand(tmp_path, "2018-03", released) == ["退回单/标注.xlsx"]
    (tmp_path / "2018-03" / "附件3.xlsx").write_bytes(b"by hand")
    assert changed_by_hand(tmp_path, "2018-03", released) == ["附件3.xlsx", "退回单/标注.xlsx"]
