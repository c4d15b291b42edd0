"""`data/datapackage.json`: what the csv files hold, field by field, as the Frictionless Data Package describes data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from pipeline.catalog.tables import DataTable, Field
from pipeline.render.stamp import Stamp

FOLDER = "data/"


def datapackage(
    products: Mapping[str, bytes], tables: Sequence[DataTable], stamp: Stamp, title: str, source: str
) -> bytes:
    """The description of the csv files among these products.

    Args:
        products: path → bytes; those under `data/` are described.
        tables: what is known of each kind of file.
        stamp: which release they belong to.
        title: what the collection is called.
        source: the document on whose authority the data are collected.

    Raises:
        KeyError: a csv file that no table describes.
    """
    known = {name: table for table in tables for name in table.files}
    files = sorted(path for path in products if path.startswith(FOLDER) and path.endswith(".csv"))
    content = {
        "profile": "tabular-data-package",
        "name": f"{'sample-' if stamp.sample else ''}poverty-relief-lending-{stamp.month}",
        "title": f"{title}（{stamp.month.label}）",
        "description": "；".join(filter(None, [stamp.version, stamp.marks, "金额以元计，未经四舍五入到万元"])),
        "version": f"{stamp.month}-v{stamp.release}",
        "created": f"{stamp.created.isoformat()}+08:00",
        "contributors": [{"title": stamp.office, "role": "publisher"}],
        "sources": [{"title": source}],
        "period": str(stamp.month),
        "release": stamp.release,
        "vintage": stamp.vintage,
        "status": "draft" if stamp.draft else "final",
        "resources": [_resource(path, products[path], known[PurePosixPath(path).name]) for path in files],
    }
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _resource(path: str, data: bytes, table: DataTable) -> dict[str, Any]:
    name = path.removeprefix(FOLDER)
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    return {
        "profile": "tabular-data-resource",
        "name": PurePosixPath(name).stem,
        "path": name,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "header": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.pattern:
        constraints["pattern"] = field.pattern
    if field.values:
        constraints["enum"] = list(field.values)
    meanings = "；".join(f"{code}：{meaning}" for code, meaning in field.values.items())
    described = {
        "name": field.name,
        "title": field.title,
        "type": field.type,
        "description": f"{field.description}。{meanings}" if meanings else field.description,
    }
    if field.unit:
        described["unit"] = field.unit
    return {**described, "constraints": constraints} if constraints else described
