"""Workbooks that people edit where they were written: one that lies there is never overwritten, only renamed."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ProductError, reason


def put(path: Path, data: bytes, called: str) -> Path | None:
    """Give a workbook its name at once; the result is where another one that was there lies now, if any.

    Raises:
        ProductError: it cannot be written; `called` says what has to be closed.
    """
    half, beside = path.with_name(f".{path.name}.part"), path.with_stem(f"{path.stem}-上一份")
    kept = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        if path.exists() and path.read_bytes() != data:
            path.replace(beside)
            kept = beside
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise ProductError(
            f"不能写入 {path}：{reason(error)}。"
            f"请先关闭正在打开的{called}（Excel 或 WPS），检查磁盘空间和权限后重新运行。"
        ) from error
    return kept
