"""What goes to the public: components by name, words that leak nothing, and how it will look."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.analysis.status.incidents import SEVERITY
from generator.analysis.status.leaks import leaks
from generator.commands.status.asking import choose, choose_several
from generator.commands.status.texts import Texts, flat, lacking
from generator.errors import UsageError
from generator.findings import did_you_mean
from generator.kinds.status import Component
from generator.settings import LANGUAGES

if TYPE_CHECKING:
    from generator.catalog import Catalog

SHORT = {
    "ok": "operational",
    "up": "operational",
    "degraded": "degraded_performance",
    "slow": "degraded_performance",
    "partial": "partial_outage",
    "major": "major_outage",
    "down": "major_outage",
    "maintenance": "under_maintenance",
}
"""What one types at night for a status of a component."""
ABOUT = {
    "operational": "works",
    "degraded_performance": "slow, or with few errors",
    "partial_outage": "fails for some, or in part",
    "major_outage": "fails for nearly everybody",
    "under_maintenance": "planned work",
}


def component_statuses(catalog: Catalog, given: Iterable[str]) -> dict[str, str]:
    """`website=partial_outage` and the like, by component.

    Raises:
        UsageError: no such component or status, or two of one component.
    """
    found: dict[str, str] = {}
    for each in given:
        name, mark, status = each.strip().partition("=")
        known_component(catalog, name)
        if not mark:
            raise UsageError(f"--component {each} says no status", f"--component {name}=partial_outage")
        status = SHORT.get(status, status)
        if status not in SEVERITY:
            hint = did_you_mean(status, SEVERITY) or f"there is {', '.join(SEVERITY)}"
            raise UsageError(f"a component has no status '{status}'", hint)
        if found.setdefault(name, status) != status:
            raise UsageError(f"component {name} is given two statuses")
    return found


def known_component(catalog: Catalog, name: str) -> str:
    """The id, known to be a component's. UsageError else."""
    known = [each.id for each in catalog.all(Component)]
    if not known:
        raise UsageError("there are no components", "status/components.yaml names them: tocsin new components KEY")
    if name not in known:
        raise UsageError(f"there is no component '{name}'", did_you_mean(name, known) or f"there is {', '.join(known)}")
    return name


def ask_components(catalog: Catalog, now: Mapping[str, str]) -> dict[str, str]:
    """Which components change, and how; `now` are those that the incident has touched."""
    every = {each.id: _about(catalog, each, now.get(each.id, "")) for each in _chooseable(catalog)}
    if not every:
        return {}
    chosen = choose_several("Which components change?", every)
    found: dict[str, str] = {}
    for each in chosen:
        found[each] = choose(f"{each} is now", ABOUT, "partial_outage", listed=not found)
    return found


def ask_which(catalog: Catalog) -> list[str]:
    """Which components a maintenance touches."""
    every = {each.id: _about(catalog, each, "") for each in catalog.all(Component)}
    return choose_several("Which components does it touch?", every) if every else []


def _chooseable(catalog: Catalog) -> Iterator[Component]:
    return (each for each in catalog.all(Component) if not each.is_group)


def _about(catalog: Catalog, component: Component, status: str) -> str:
    name = flat(component.name.text("", catalog.settings.get(LANGUAGES)[0]))
    return f"{name} ({status})" if status else name


def refuse_leaks(catalog: Catalog, texts: Iterable[str]) -> None:
    """Raises UsageError where a text tells the public what should stay inside; warns where it may.

    What has once been on a public page stays in feeds, mails and caches: it is asked before, never after.
    """
    for text in texts:
        for leak in leaks(catalog, text):
            if leak.sure:
                raise UsageError(f"customers would read '{leak.text}': {leak.what}", leak.hint)
            sys.stderr.write(f"tocsin: customers will read '{leak.text}': {leak.what}; {leak.hint}\n")


def will_read(catalog: Catalog, title: Texts, status: str, texts: Texts, components: Mapping[str, str]) -> list[str]:
    """What customers will read, line by line, in each language."""
    default = catalog.settings.get(LANGUAGES)[0]
    lines = ["Customers will read:"]
    for language in texts or title:
        heading = title.get(language) or next(iter(title.values()), "")
        lines.append(f"  [{language}] {flat(heading)} ({status})")
        lines += [f"       {flat(line)}" for line in texts.get(language, "").split("\n") if line.strip()]
    for name, word in components.items():
        component = catalog.get(Component, name)
        lines.append(
            f"  {flat(component.name.text(default, default)) if component else name}: {word.replace('_', ' ')}"
        )
    missing = lacking(texts, catalog) if texts else []
    if missing:
        shown = next(iter(texts))
        lines.append(f"  note: no text in {', '.join(missing)}; those readers see it in {shown}")
    return lines
