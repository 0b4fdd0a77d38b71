"""`dataclass`, made without compiling six functions a class: the library's own takes a millisecond for each of ours.

A command that looks at schedules loads 180 of them, and was on its way for a fifth of a second before it began. What
comes out is a data class in every respect (`fields`, `replace`, `match`, type checkers), and its objects are made in
half of the time, because slots are written through their descriptors.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter, ge, gt, le, lt
from reprlib import recursive_repr
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Fields = Mapping[str, dataclasses.Field[Any]]

__all__ = ["dataclass"]

_MISSING = dataclasses.MISSING


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, kw_only: bool = False, order: bool = False
) -> Callable[[type], type]:
    """The same as the library's decorator."""
    return lambda cls: _made(cls, frozen=frozen, slots=slots, eq=eq, kw_only=kw_only, order=order)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


@dataclasses.dataclass(frozen=True)
class _Frozen:
    """How the library marks a class whose objects stay as they are, and a field of it."""

    field: None = None


@dataclasses.dataclass
class _Open:
    """How it marks the others."""


_MARK = "_field_type", getattr(dataclasses.fields(_Frozen)[0], "_field_type")  # noqa: B009 (the library keeps it to itself)


def _made(cls: type, *, frozen: bool, slots: bool, eq: bool, kw_only: bool, order: bool) -> type:
    own = dict(cls.__dict__)
    fields = _fields(cls, kw_only=kw_only)
    made = _slotted(cls, fields) if slots else _with_defaults(cls, fields)
    members: dict[str, object] = {
        "__dataclass_params__": vars(_Frozen if frozen else _Open)["__dataclass_params__"],
        "__init__": _init_later(made, fields, frozen=frozen),
        "__repr__": _repr(fields),
        "__match_args__": tuple(each.name for each in fields.values() if each.init and not each.kw_only),
    }
    if eq:
        members |= _comparison(fields, frozen=frozen)
    if order:
        members |= _order(fields)
    if frozen:
        members |= _refusals(made, fields)
    if frozen and slots:
        members |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, member in members.items():
        # A class that says itself what is the same has no hash, by the language's rules, unless it says that too.
        if own.get(name) is None:
            setattr(made, name, member)
    return made


def _fields(cls: type, *, kw_only: bool) -> dict[str, dataclasses.Field[Any]]:
    """The fields of a class and of those that it extends, in order."""
    found: dict[str, dataclasses.Field[Any]] = {}
    for base in cls.__mro__[-1:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    for name, annotation in cls.__annotations__.items():
        if annotation.startswith("ClassVar"):
            continue
        given = cls.__dict__.get(name, _MISSING)
        each = given if isinstance(given, dataclasses.Field) else dataclasses.field(default=given)
        each.name, each.type = name, annotation
        setattr(each, *_MARK)
        each.kw_only = kw_only if each.kw_only is _MISSING else each.kw_only
        found[name] = each
    return found


def _slotted(cls: type, fields: Fields) -> type:
    """The same class with slots, which a class can only be born with."""
    inherited = {slot for base in cls.__mro__[1:] for slot in _slots(base)}
    left_out = {*fields, "__dict__", "__weakref__"}
    members = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    members["__slots__"] = tuple(name for name in fields if name not in inherited)
    members["__dataclass_fields__"] = fields
    made = type(cls)(cls.__name__, cls.__bases__, members)
    made.__qualname__ = cls.__qualname__
    return made


def _with_defaults(cls: type, fields: Fields) -> type:
    """A class without slots: its defaults are attributes of it, and what describes a field is none."""
    setattr(cls, "__dataclass_fields__", fields)  # noqa: B010 (no attribute that checkers know)
    for name, each in fields.items():
        if isinstance(cls.__dict__.get(name), dataclasses.Field):
            delattr(cls, name)
            if each.default is not _MISSING:
                setattr(cls, name, each.default)
    return cls


def _slots(base: type) -> tuple[str, ...]:
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _init_later(cls: type, fields: Fields, *, frozen: bool) -> Callable[..., None]:
    """The first object has its class's function compiled: of most classes a command makes none."""

    def __init__(self: object, /, *values: object, **named: object) -> None:  # noqa: N807 (its name in tracebacks)
        init = cls.__init__ = _init(cls, fields, frozen=frozen)  # type: ignore[misc]
        init(self, *values, **named)

    return __init__


def _init(cls: type, fields: Fields, *, frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_missing": _MISSING}
    parameters, lines = ["self"], list[str]()
    named: list[str] = []
    for name, each in fields.items():
        made, value = each.default_factory is not _MISSING, name
        if made:
            known[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _missing else {name}" if each.init else f"_make_{name}()"
        elif each.default is not _MISSING:
            known[f"_default_{name}"] = each.default
            value = name if each.init else f"_default_{name}"
        elif not each.init:
            continue
        if each.init:
            default = "=_missing" if made else f"=_default_{name}" if f"_default_{name}" in known else ""
            (named if each.kw_only else parameters).append(f"{name}{default}")
        lines.append(_assignment(cls, name, value, known) if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append(" self.__post_init__()")
    written = ", ".join([*parameters, *(["*", *named] if named else [])])
    exec(f"def __init__({written}):\n" + "\n".join(lines or [" pass"]), known)  # noqa: S102 (names of fields alone)
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _assignment(cls: type, name: str, value: str, known: dict[str, Any]) -> str:
    """Writes a field past what keeps it from being written: through its slot, where it has one."""
    place = getattr(cls, name, None)
    if isinstance(place, MemberDescriptorType):
        known[f"_set_{name}"] = place.__set__
        return f" _set_{name}(self, {value})"
    known["_set"] = object.__setattr__
    return f" _set(self, {name!r}, {value})"


def _repr(fields: Fields) -> Callable[[object], str]:
    names = tuple(each.name for each in fields.values() if each.repr)

    @recursive_repr()
    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _comparison(fields: Fields, *, frozen: bool) -> dict[str, object]:
    compared = _values(tuple(each.name for each in fields.values() if each.compare))
    hashed = _values(tuple(e.name for e in fields.values() if (e.compare if e.hash is None else e.hash)))

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(hashed(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _order(fields: Fields) -> dict[str, object]:
    compared = _values(tuple(each.name for each in fields.values() if each.compare))

    def by(operation: Callable[[Any, Any], bool]) -> Callable[[object, object], bool]:
        def compare(self: object, other: object) -> bool:
            alike = other.__class__ is self.__class__
            return operation(compared(self), compared(other)) if alike else NotImplemented

        return compare

    return {f"__{each.__name__}__": by(each) for each in (lt, le, gt, ge)}


def _values(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    """The values of some attributes, as a tuple however many they are."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _refusals(cls: type[Any], fields: Fields) -> dict[str, object]:
    """What keeps an object as it is."""

    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in fields:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _getstate(self: Any) -> list[object]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _setstate(self: Any, state: list[object]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
