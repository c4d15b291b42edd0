"""What jinja says of a template that is written wrongly, in Chinese: its own messages are English."""

from __future__ import annotations

import re

UNESCAPED = "escaping cannot be switched off"
_SAID = (
    (UNESCAPED, "不能用 autoescape"),
    (r"access to attribute '(?P<a>.+)' of .* is unsafe\.?", "不能取“{a}”"),
    (r".* is not safely callable", "不能调用函数"),
    (r"'.*' has no attribute '(?P<a>.+)'", "没有“{a}”"),
    (r"'(?P<a>.+)' is undefined", "没有“{a}”"),
    (r"Encountered unknown tag '(?P<a>[^']+)'.*", "不认识的语句“{a}”"),
    (
        r"Unexpected end of template\..*block that needs to be closed is '(?P<a>[^']+)'.*",
        "“{{% {a} %}}”没有用“{{% end{a} %}}”结束",
    ),
    (r"unexpected end of template.*", "标记没有写完"),
    (r"Missing end of comment tag", "“{{#”没有用“#}}”结束"),
    (r"No filter named '(?P<a>.+)'\.", "没有名为“{a}”的转换"),
    (r"No test named '(?P<a>.+)'\.", "没有名为“{a}”的判断"),
    (r"unexpected char '(?P<a>.)' at \d+", "标记里不能用字符“{a}”"),
    (r"expected token .*, got '(?P<a>.+)'", "标记里“{a}”一处写错"),
    (r"unexpected '(?P<a>[^']+)'.*", "标记里多了“{a}”"),
    (r"Expected an expression, got .*", "标记里没有写内容"),
)
"""Messages of jinja 3.1 (parser, lexer, compiler, sandbox), and what a person who edits a template is told."""

_FAILED = (
    (ZeroDivisionError, "除数为零"),
    (ArithmeticError, "算不出数"),
    (RecursionError, "层次太多"),
    (AttributeError, "取了没有的内容"),
    (LookupError, "取了没有的内容"),
    (TypeError, "文字、数、清单混用，或者内容为空"),
    (ValueError, "取值不合"),
)
MISTAKES = tuple(kind for kind, _ in _FAILED)
"""What an expression in an edited template may raise besides jinja's own errors."""


def in_chinese(message: str | None) -> str:
    """What a template error says, in brackets to follow a sentence; nothing where it has no words of ours."""
    for pattern, words in _SAID:
        if said := re.fullmatch(pattern, message or "", re.DOTALL):
            return f"（{words.format(**said.groupdict())}）"
    return ""


def failed(error: Exception) -> str:
    """The same of an expression that could not be reckoned."""
    return f"（{next(words for kind, words in _FAILED if isinstance(error, kind))}）"
