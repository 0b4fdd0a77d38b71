"""Results that many rules share, calculated once a catalog: the commands of a runbook, the words of a policy."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from generator.kinds.base import Entity

if TYPE_CHECKING:
    from generator.catalog import Catalog

P = ParamSpec("P")
T = TypeVar("T")


def once_a_catalog(
    function: Callable[Concatenate[Catalog, P], T],
) -> Callable[Concatenate[Catalog, P], T]:
    """A pure function of a catalog and of things that can be hashed, which is asked the same again and again.

    Positional arguments only. The result lives as long as the catalog and is shared: it must not be changed.
    """

    def asked(catalog: Catalog, /, *arguments: P.args, **named: P.kwargs) -> T:
        key: tuple[Hashable, ...] = (function, *(_key(each) for each in arguments))
        known = catalog.memo.get(key)
        if known is None:
            # The arguments are kept with the result: as long as they live, nothing else has their identity.
            known = catalog.memo[key] = (function(catalog, *arguments, **named), arguments)
        return cast("T", known[0])

    update_wrapper(asked, function)
    return asked


def _key(argument: object) -> Hashable:
    """Entities by their identity: a hash of all that is in one takes longer than many a result."""
    return ("", id(argument)) if isinstance(argument, Entity) else argument
