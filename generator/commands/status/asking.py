"""Questions on a terminal: what is missing, what to choose, whether to go on. Nothing is written meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from generator.errors import UsageError
from generator.findings import nearest

YES, NO = frozenset({"y", "yes", "s", "si", "sí"}), frozenset({"n", "no"})


def can_ask() -> bool:
    """Whether somebody sits at a terminal: scripts are told what is missing instead."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def ask(label: str, default: str = "", *, needed: bool = True) -> str:
    """A line of text. The default, shown before, is what Enter alone gives."""
    if default:
        print(f"  {default}")
    hint = " (Enter: the line above)" if default else "" if needed else " (Enter: none)"
    while True:
        said = _line(f"{label}{hint}: ") or default
        if said or not needed:
            return said


def choose(label: str, choices: Mapping[str, str], default: str = "", *, listed: bool = True) -> str:
    """One of some choices, by number, by name or how it begins, or by a name that is near; the value says what it is.

    They are not listed where they stand just above.
    """
    if listed:
        _listed(choices)
    hint = f" (Enter: {default})" if default else ""
    while True:
        said = _line(f"{label}{hint}: ") or default
        found = _chosen(said, list(choices)) if said else None
        if found is not None:
            return found


def choose_several(label: str, choices: Mapping[str, str]) -> list[str]:
    """Any of some choices, by numbers or names between commas or blanks; Enter alone is none."""
    _listed(choices)
    while True:
        said = _line(f"{label} (several: 1,2; Enter: none): ").replace(",", " ").split()
        found = [_chosen(each, list(choices)) for each in said]
        if None not in found:
            return list(dict.fromkeys(each for each in found if each is not None))


def confirm(label: str, *, default: bool = True) -> bool:
    """Yes or no."""
    while True:
        said = _line(f"{label} [{'Y/n' if default else 'y/N'}]: ").casefold()
        if not said:
            return default
        if said in YES | NO:
            return said in YES


def missing(what: str, hint: str) -> UsageError:
    """For scripts, which nobody can ask."""
    return UsageError(f"{what} is missing", hint)


def _listed(choices: Mapping[str, str]) -> None:
    width = max(map(len, choices), default=0)
    for number, (name, about) in enumerate(choices.items(), 1):
        print(f"  {number:>2}  {name:<{width}}  {about}".rstrip())


def _chosen(said: str, names: Sequence[str]) -> str | None:
    if said.isdecimal() and 1 <= int(said) <= len(names):
        return names[int(said) - 1]
    plain = {name.casefold(): name for name in names}
    if said.casefold() in plain:
        return plain[said.casefold()]
    starts = [name for each, name in plain.items() if each.startswith(said.casefold())]
    if len(starts) == 1:
        return starts[0]
    near = plain.get(nearest(said.casefold(), plain), "")
    if not starts and near and confirm(f"'{said}' is no choice. {near}?"):
        return near
    if starts or not near:
        print(f"'{said}' may be {' or '.join(starts)}" if starts else f"'{said}' is no choice")
    return None


def _line(prompt: str) -> str:
    with suppress(ImportError):
        import readline  # noqa: F401  # makes the line editable where it exists
    try:
        return input(prompt).strip()
    except EOFError:
        # Ctrl-D means the same as Ctrl-C to whoever is asked: nothing was done.
        print()
        raise KeyboardInterrupt from None
