"""The products that lie beside the page, each with what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pipeline.catalog.annexes import AnnexLayout
from pipeline.catalog.tables import DataTable

DATA = "data/"
_KNOWN = {
    "附件1-5 数据表.xlsx": "五个附件的数据表：一张表一个工作表，便于筛选、读屏和再加工",
    "附件1-5.pdf": "五个附件合成的一个 PDF，可以直接打印",
    "审核报告.xlsx": "审核发现的全部问题，按影响大小排列；哪些同出一因，哪些审核关系没有运行",
    "data/datapackage.json": "上述数据文件每一栏的含义和计量单位（Frictionless 格式）",
    "release.json": "本版记录：用了哪些文件、哪些政策参数、哪个版本的程序",
}


@dataclass(frozen=True, slots=True)
class ProductLink:
    """A product: its address as seen from the page, its name, and what it is."""

    address: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class LinkGroup:
    """Products of one kind under a heading."""

    title: str
    links: tuple[ProductLink, ...]


def link_groups(
    products: Iterable[str], page: str, layouts: Mapping[int, AnnexLayout], tables: Iterable[DataTable]
) -> tuple[LinkGroup, ...]:
    """Links to everything but the page itself: what is read and printed first, then the data, each by name."""
    told = _told(layouts, tables)
    links = [ProductLink(quote(name), name, told.get(name, "")) for name in sorted(set(products) - {page})]
    groups = (
        LinkGroup("附件和文书", tuple(link for link in links if not _is_data(link.name))),
        LinkGroup("数据文件", tuple(link for link in links if _is_data(link.name))),
    )
    return tuple(group for group in groups if group.links)


def _is_data(name: str) -> bool:
    return name.startswith(DATA) or name.endswith(".json")


def _told(layouts: Mapping[int, AnnexLayout], tables: Iterable[DataTable]) -> dict[str, str]:
    annexes = {f"{layout.file_name}.xlsx": "可以直接打印送审" for layout in layouts.values()}
    data = {DATA + name: _of_annex(name, table.title) for table in tables for name in table.files}
    return {**annexes, **data, **_KNOWN}


def _of_annex(name: str, title: str) -> str:
    """「附件2中的数」 where one kind of table has several files."""
    number = name.removeprefix("annex").removesuffix(".csv")
    return f"附件{number}：{title}" if number != name and number.isdecimal() else title
