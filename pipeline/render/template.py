"""The one door to jinja: sandboxed, everything escaped, nothing undefined passes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import TemplateBroken
from pipeline.render.harmless import visible
from pipeline.render.line_breaks import breakable
from pipeline.render.template_words import MISTAKES, UNESCAPED, failed, in_chinese

if TYPE_CHECKING:
    from jinja2 import TemplateError
    from jinja2.sandbox import SandboxedEnvironment


def filled(name: str, values: Mapping[str, object], own: Path | None = None) -> str:
    """The template of this name, filled in.

    Args:
        name: a file under templates/, for instance `index.html.j2`.
        values: what the template may speak of; text among it is escaped unless it is marked as safe.
        own: a folder of the workspace whose templates go before ours.

    Raises:
        TemplateBroken: the template is not there, is written wrongly, or asks for what does not exist.
    """
    with told_of(name):
        return _environment(own).get_template(name).render(values)


def prepare(name: str, own: Path | None = None) -> None:
    """Compile a template before it is needed.

    Raises:
        TemplateBroken: it is not there, or is written wrongly.
    """
    with told_of(name):
        _environment(own).get_template(name)


def source(name: str, own: Path | None = None) -> str:
    """A file under templates/ as it stands: style and script, which go into a page word by word.

    Raises:
        TemplateBroken: it is not there.
    """
    environment = _environment(own)
    with told_of(name):
        assert environment.loader is not None
        return environment.loader.get_source(environment, name)[0]


def path_of(name: str, own: Path | None = None) -> Path:
    """Where a template is that another program than jinja reads.

    Raises:
        TemplateBroken: it is not there.
    """
    for folder in filter(None, (own, *_folders())):
        if (folder / name).is_file():
            return folder / name
    raise TemplateBroken(f"找不到模板 {name}。请从完整的程序目录运行，或者恢复 templates 文件夹。")


def names_of(suffix: str) -> frozenset[str]:
    """What the program's own templates of a kind are called."""
    return frozenset(file.name for folder in _folders() for file in folder.glob(f"*{suffix}"))


@cache
def word_environment() -> SandboxedEnvironment:
    """As strict, for the tags of Word templates: no file can be taken in, and what is not known is a mistake.

    Nothing in a template can switch the escaping off: a name in a letter never becomes a field of Word. A template is
    compiled once: a month has a letter for each of dozens of units.
    """
    from jinja2 import DictLoader, StrictUndefined, Template
    from jinja2.exceptions import SecurityError
    from jinja2.nodes import EvalContextModifier
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    def compiled(source: str) -> Template:
        if next(environment.parse(source).find_all(EvalContextModifier), None) is not None:
            raise SecurityError(UNESCAPED)
        return as_it_stands(source)

    environment = ImmutableSandboxedEnvironment(
        loader=DictLoader({}), autoescape=True, undefined=StrictUndefined, finalize=_finalized_for_word
    )
    for name in _MARKUP:
        del environment.filters[name]
    as_it_stands = environment.from_string
    environment.from_string = cache(compiled)  # type: ignore[method-assign, assignment]
    return environment


_MARKUP = ("safe", "tojson", "urlize", "xmlattr")
"""Filters of jinja whose result is markup: it would go into the document as it is."""


@contextmanager
def told_of(name: str, known: Collection[str] = ()) -> Iterator[None]:
    """Whatever an edited template does wrong, told with its name; of a tag that is not known, the nearest that is.

    Raises:
        TemplateBroken: something went wrong inside.
    """
    from jinja2 import TemplateError

    try:
        yield
    except TemplateError as error:
        raise TemplateBroken(_told(name, error, known)) from error
    except MISTAKES as error:
        raise TemplateBroken(f"模板 {name} 里有一处算式或取值不对{failed(error)}。{_REPAIR}") from error


_REPAIR = "请改正，或者恢复程序自带的模板。"


def _told(name: str, error: TemplateError, known: Collection[str] = ()) -> str:
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    if isinstance(error, TemplateNotFound):
        return f"找不到模板 {error.name}。请从完整的程序目录运行，或者恢复 templates 文件夹。"
    if isinstance(error, TemplateSyntaxError):
        file = error.name or name
        place = f"第{error.lineno - 1}段" if file.endswith(".docx") else f"第{error.lineno}行"
        return f"模板 {file} {place}写法有误{in_chinese(error.message)}。{_REPAIR}"
    if isinstance(error, UndefinedError) and known and (said := _UNKNOWN.match(error.message or "")):
        meant = f"是不是{'、'.join(f'“{name}”' for name in near)}？" if (near := _nearest(said[1], known)) else ""
        return f"模板 {name} 里的“{said[1]}”不是可用的内容。{meant}可用的有：{'、'.join(sorted(known))}。{_REPAIR}"
    if isinstance(error, UndefinedError):
        return f"模板 {name} 用了不存在的内容{in_chinese(error.message)}。{_REPAIR}"
    if isinstance(error, SecurityError):
        return f"模板 {name} 里有不允许的操作{in_chinese(error.message)}。{_REPAIR}"
    return f"模板 {name} 不能使用{in_chinese(error.message)}。{_REPAIR}"


def _nearest(said: str, known: Collection[str]) -> list[str]:
    """The name that is nearly what was written, or all that share as much with it where none is near."""
    nearest = get_close_matches(said, known, n=1, cutoff=_NEAR)
    return nearest or sorted(get_close_matches(said, known, n=3, cutoff=0.3))


_NEAR = 0.5
"""Share of characters in common from which a name is the one that was meant: four of five in 「答复期线」."""

_UNKNOWN = re.compile(r"'([^']+)' is undefined")


@cache
def _environment(own: Path | None) -> SandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [folder for folder in (own, *_folders()) if folder is not None]
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalized,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finalized(value: Any) -> Any:
    """Every text that a template prints loses its unseen characters; None is a mistake, not the word None."""
    if value is None:
        raise TypeError("None")
    return visible(value) if type(value) is str else value


def _finalized_for_word(value: Any) -> Any:
    """The same of a document, whose lines may break in a list of figures and names."""
    text = _finalized(value)
    return breakable(text) if type(text) is str else text


def _folders() -> tuple[Path, Path]:
    """Beside the package in a checkout, inside it where it was installed."""
    package = Path(__file__).resolve().parents[1]
    return package.parent / "templates", package / "templates"
