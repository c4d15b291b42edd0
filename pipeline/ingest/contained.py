"""What there is to tell of an opened archive or mail itself, beside what is told of the files in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.ingest.containers import WORDS, Contents, Member
from pipeline.ingest.refusal import BY_HAND, FILED
from pipeline.model import Unreadable

_NAMED = 5
_LINKED = "邮件里的“超大附件”只是链接，请下载后把文件本身放进收件文件夹。"


def holds_files(digest: str, opened: Mapping[str, Contents], above: frozenset[str] = frozenset()) -> bool:
    """Whether anything in a container could be a form, or is to be told of by itself."""
    contents = opened.get(digest)
    if contents is None:
        return True  # opened when it came before
    if contents.unreadable is not None or contents.refused:
        return True
    return any(
        not member.picture
        and member.sha256 not in above
        and (member.sha256 not in opened or holds_files(member.sha256, opened, above | {digest}))
        for member in contents.members
    )


def told_of(digest: str, opened: Mapping[str, Contents]) -> list[Unreadable]:
    """What is wrong with a container: not opened, files not taken out, nothing in it that could be a form."""
    contents = opened[digest]
    if contents.unreadable is not None:
        return [contents.unreadable]
    if contents.refused:
        return [Unreadable("F01", _refused(contents))]
    return [] if holds_files(digest, opened) else [Unreadable("F02", _nothing(digest, opened))]


def _refused(contents: Contents) -> str:
    by_why: dict[str, list[str]] = {}
    for name, why in contents.refused:
        by_why.setdefault(why, []).append(name)
    told = "".join(f"里面的{_some(names)}{why}。" for why, names in by_why.items())
    rest = f"其余{len(contents.members)}个文件已收取。" if contents.members else ""
    return f"这是{WORDS[contents.kind]}，{told}{rest}"


def _some(names: Sequence[str]) -> str:
    more = f"等{len(names)}个文件" if len(names) > _NAMED else ""
    return "、".join(f"《{name}》" for name in names[:_NAMED]) + more


def _nothing(digest: str, opened: Mapping[str, Contents]) -> str:
    contents = opened[digest]
    pictures = Counter(member.picture for member in _all_in(digest, opened, set()) if member.picture)
    lying = [f"{number}个{word}" for word, number in sorted(pictures.items())]
    beside = list(dict.fromkeys([*contents.beside, *_beside_in(digest, opened)]))
    found = "、".join([*lying, *beside])
    linked = _LINKED if any("超大附件" in word for word in beside) else ""
    what = f"里面只有{found}，没有可读的报表" if found else "里面没有文件"
    return f"这是{WORDS[contents.kind]}，{what}，{FILED}。{linked}如报表只在图片、扫描件或正文里，{BY_HAND}"


def _all_in(digest: str, opened: Mapping[str, Contents], seen: set[str]) -> list[Member]:
    if digest in seen or digest not in opened:
        return []
    seen.add(digest)
    own = opened[digest].members
    return [*own, *(inner for member in own for inner in _all_in(member.sha256, opened, seen))]


def _beside_in(digest: str, opened: Mapping[str, Contents]) -> list[str]:
    return [word for member in _all_in(digest, opened, set()) if member.sha256 in opened
            for word in opened[member.sha256].beside]  # fmt: skip
