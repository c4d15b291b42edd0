"""Break one thing in a copy of schemas/ and see that it is told in one sentence, with the file and line it stands in."""

import re
from pathlib import Path

import pytest

from pipeline.catalog import load_catalog
from pipeline.errors import CatalogError


def assert_told(
    schemas: Path, file: str, old: str | re.Pattern[str], new: str, at: str | re.Pattern[str], sentence: str
):
    """`old` in that file becomes `new`; loading tells `sentence` at the line of `at`."""
    path = schemas / file
    text = path.read_text(encoding="utf-8")
    changed = old.sub(new, text, count=1) if isinstance(old, re.Pattern) else text.replace(old, new, 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        load_catalog(root=schemas)
    message = str(caught.value)
    file, line = _place(schemas, file, at)
    assert message.startswith(f"schemas/{file} 第{line}行：")
    assert sentence in message
    assert message.endswith("。")
    assert message.count("。") == 1


def _place(schemas: Path, file: str, at: str | re.Pattern[str]) -> tuple[str, int]:
    """`text@FILE@-1`: the line before that text in another file; `text@2`: its second occurrence."""
    if isinstance(at, re.Pattern):
        found = at.search((schemas / file).read_text(encoding="utf-8"))
        assert found
        return file, found.string[: found.start()].count("\n") + 1
    text, _, rest = at.partition("@")
    nth = int(rest) if rest.isdecimal() else 1
    offset = 0
    if "yaml" in rest:
        file, _, offset_text = rest.partition("@")
        offset = int(offset_text)
    content = (schemas / file).read_text(encoding="utf-8")
    position = -1
    for _ in range(nth):
        position = content.index(text, position + 1)
    return file, content[:position].count("\n") + 1 + offset
