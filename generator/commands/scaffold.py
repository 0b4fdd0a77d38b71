"""Templates of sources: filled in, and written only where nothing is yet."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.errors import UsageError
from generator.files import put
from generator.kinds.base import ID
from generator.resources import shipped

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES = Path(__file__).parent / "templates"


def fill(template: str, **values: Any) -> str:
    """A template of this package with its placeholders (`[[ id ]]`) filled in."""
    return str(_template(template).render(values))


@lru_cache(maxsize=32)
def _template(name: str) -> Template:
    """Compiled once: an import fills in thousands."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(  # noqa: S701  # YAML and Markdown, quoted by a filter
        loader=FileSystemLoader(TEMPLATES),
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = _scalar
    return environment.get_template(name)


def _scalar(text: str) -> str:
    """Plain where every reader of YAML takes it as this text, else in quotes."""
    import json

    plain = re.fullmatch(r"[A-Za-zÀ-ÿ][\wÀ-ÿ ().,/'-]*[\wÀ-ÿ).]", text) and ": " not in text
    words = {"true", "false", "yes", "no", "on", "off", "null", "none", "nan", "inf"}
    return text if plain and text.lower() not in words else json.dumps(text, ensure_ascii=False)


def markdown_template(root: Path, folder: str, name: str, language: str) -> str:
    """A Markdown template: the repository's own where it has one, else the one that comes with Tocsin."""
    suffix = "" if language == "en" else f".{language}"
    for place in (root / folder / "templates", shipped(f"{folder}/templates")):
        path = place / f"{name}{suffix}.md"
        if path.is_file() and not path.is_symlink():
            return path.read_text(encoding="utf-8")
    raise UsageError(f"there is no template {folder}/templates/{name}{suffix}.md")


def titled(text: str, title: str) -> str:
    """The template with its first heading replaced."""
    return re.sub(r"(?m)^# .*$", lambda _: f"# {title}", text, count=1)


def dated(runbook: str, now: datetime) -> str:
    """A runbook's template with the day of its writing as that of its review."""
    return re.sub(r"(?m)^reviewed: .*$", f"reviewed: {now:%Y-%m-%d}", runbook, count=1)


def monday(day: date) -> date:
    """The Monday of a day's week: rotations hand over on a working day, whenever they are written."""
    return day - timedelta(days=day.weekday())


def checked_id(ident: str) -> str:
    """An id as files are named."""
    if not ID.fullmatch(ident):
        raise UsageError(f"'{ident}' is no id", "lower case letters, digits and single hyphens, as in tr-web")
    return ident


def write_new(root: Path, path: str, text: str) -> bool:
    """Writes a source unless something is there already; says whether it did. Symlinks on the way are refused."""
    target = root / path
    for folder in target.parents:
        if folder == root:
            break
        if folder.is_symlink():
            raise UsageError(f"{folder.relative_to(root)} is a symlink: nothing is written through it")
    if target.exists() or target.is_symlink():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    put(target, text.encode("utf-8"))
    return True


def title_of(ident: str) -> str:
    """`tr-web-high-latency` → `Tr web high latency`: something to start from."""
    words = ident.replace("-", " ")
    return words[:1].upper() + words[1:]
