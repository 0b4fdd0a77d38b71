"""Words to start from: templates by name in each language, the repository's own before ours.

`status/templates/wording.yaml` has a map of names; each has one text, or one for each language. `{components}` in a
text becomes the names of what is affected, `{title}` the title; all else is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from generator.commands.scaffold import TEMPLATES
from generator.documents import read_document
from generator.errors import UsageError
from generator.findings import did_you_mean
from generator.kinds.base import Localized
from generator.kinds.status import Component
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Tree

OWN = "status/templates/wording.yaml"
_ALL = {"en": "our services", "es": "nuestros servicios"}
_AND = {"en": " and ", "es": " y "}


def wordings(tree: Tree) -> dict[str, Localized]:
    """Every template by its name.

    Raises:
        UsageError: the repository's own file cannot be read.
    """
    own = next((content for _, content in tree.read([OWN])), None)
    return {**_shipped(), **({} if own is None else _parsed(OWN, own))}


def worded(known: Mapping[str, Localized], name: str) -> Localized:
    """The template of that name. UsageError where there is none."""
    if name not in known:
        raise UsageError(f"there is no template '{name}'", did_you_mean(name, known) or f"there is {', '.join(known)}")
    return known[name]


def filled(
    template: Localized, catalog: Catalog, components: Iterable[str], title: Mapping[str, str]
) -> dict[str, str]:
    """The template's text in each language of the settings that it has."""
    found = {}
    languages = catalog.settings.get(LANGUAGES)
    for code in languages:
        if code in template or (code == languages[0] and "" in template):
            names = _names(catalog, components, code, languages[0])
            text = template.text(code, languages[0])
            found[code] = text.replace("{components}", names).replace("{title}", title.get(code, title.get("", "")))
    return found


def _names(catalog: Catalog, components: Iterable[str], language: str, default: str) -> str:
    found = [catalog.get(Component, each) for each in components]
    names = [each.name.text(language, default) for each in found if each is not None]
    if not names:
        return _ALL.get(language, _ALL["en"])
    *first, last = names
    return (", ".join(first) + _AND.get(language, ", ") if first else "") + last


@cache
def _shipped() -> Mapping[str, Localized]:
    path = TEMPLATES / "wording.yaml"
    return _parsed(path.name, path.read_bytes())


def _parsed(path: str, content: bytes) -> dict[str, Localized]:
    document, findings = read_document(path, content)
    data = document.data if document is not None else None
    if not isinstance(data, dict) or not all(map(_is_text, data.values())):
        why = findings[0].message if findings else "it is a map of names, each with one text or one for each language"
        raise UsageError(f"{path} cannot be read: {why}", "see docs/incidents.md")
    return {str(name): Localized(text) for name, text in data.items()}


def _is_text(value: object) -> bool:
    texts = value.values() if isinstance(value, dict) and value else [value]
    return all(isinstance(each, str) and each.strip() for each in texts)
