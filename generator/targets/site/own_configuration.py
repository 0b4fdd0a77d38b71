"""The repository's own mkdocs.yml: how the site looks, and nothing that runs code or asks another host.

It comes with the sources, so a pull request can change it. MkDocs itself takes hooks, plugins and theme folders, which
are programs; what is not listed here is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.documents import read_document
from generator.errors import TocsinError
from generator.resources import shipped

EXTENSION = "generator.targets.site.extension"
NAME = "mkdocs.yml"

KEYS = frozenset(
    {"site_name", "site_description", "theme", "plugins", "markdown_extensions"}
    | {"extra_css", "extra_javascript", "extra"}
)
THEME = frozenset({"name", "language", "direction", "font", "features", "icon", "palette"})
ASSETS = {"extra_css": ["assets/tocsin.css"], "extra_javascript": ["assets/tocsin.js"]}
PLUGINS: Mapping[str, frozenset[str]] = {
    "search": frozenset({"lang", "separator"}),
    "tags": frozenset(),
    "offline": frozenset(),
}
EXTENSIONS = frozenset(
    {"admonition", "tables", "toc", "def_list", "footnotes", "abbr", "sane_lists", "smarty"}
    | {f"pymdownx.{name}" for name in ("details", "highlight", "inlinehilite", "superfences", "tabbed")}
    | {f"pymdownx.{name}" for name in ("tasklist", "keys", "mark", "caret", "tilde", "betterem")}
    | {EXTENSION}
)
"""What only changes how text is marked up. `attr_list` brings event handlers, `snippets` reads files."""


def parent(root: Path) -> Path:
    """The configuration to inherit: the repository's own, else the one that ships with us.

    Raises:
        TocsinError: the repository's own says something that is not allowed.
    """
    own = root.resolve() / NAME
    if not own.is_file() or own.is_symlink():
        return shipped(NAME).resolve()
    document, findings = read_document(NAME, own.read_bytes())
    if findings or document is None or not isinstance(document.data, dict):
        said = findings[0].message if findings else "it is no map"
        raise TocsinError(f"{NAME} cannot be used: {said}", "tags such as !!python and !ENV are refused")
    for fault, hint in _faults(document.data):
        raise TocsinError(f"{NAME} {fault}", hint)
    return own


def _faults(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong, with a hint, the worst first."""
    extensions = [_named(each) for each in _entries(data.get("markdown_extensions"))]
    if not extensions or extensions[-1][0] != EXTENSION:
        hint = f"add it to markdown_extensions, as the last one: - {EXTENSION}"
        yield f"does not end its extensions with {EXTENSION}, which makes what people write harmless", hint
    for key in data:
        if key not in KEYS:
            yield f"has '{key}', which a site of ours does not take", f"it takes {', '.join(sorted(KEYS))}"
    for name, _ in extensions:
        if name not in EXTENSIONS:
            yield f"names the extension '{name}', which is not one of those allowed", ", ".join(sorted(EXTENSIONS))
    for name, options in map(_named, _entries(data.get("plugins"))):
        if name not in PLUGINS or not set(options) <= PLUGINS[name]:
            known = "; ".join(f"{each} ({', '.join(sorted(PLUGINS[each])) or 'no options'})" for each in PLUGINS)
            yield f"names the plugin '{name}' or an option of it that is not allowed", f"plugins are {known}"
    yield from _look(data)


def _look(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    theme = data.get("theme")
    if not isinstance(theme, dict) or theme.get("name") != "material" or theme.get("font") is not False:
        yield "does not use the theme material without web fonts", "write theme: {name: material, font: false, …}"
    elif unknown := sorted(set(theme) - THEME):
        yield (
            f"has '{unknown[0]}' in its theme, which a site of ours does not take",
            f"it takes {', '.join(sorted(THEME))}",
        )
    for key, files in ASSETS.items():
        if data.get(key, files) != files:
            yield f"has files of its own under {key}", f"write {key}: {files}: pages load nothing else"
    if data.get("extra", {"generator": False}) != {"generator": False}:
        yield "has something of its own under extra", "write extra: {generator: false}"


def _entries(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _named(entry: object) -> tuple[str, Mapping[str, Any]]:
    """A plugin or an extension is a name, or a map of its name to its options."""
    if isinstance(entry, dict) and len(entry) == 1:
        ((name, options),) = entry.items()
        return str(name), options if isinstance(options, dict) else {}
    return str(entry), {}
