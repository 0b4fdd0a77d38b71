"""Our data classes are the library's in every respect, but for the time that it takes to make them."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from generator import records

T = TypeVar("T")


def made(dataclass: Any) -> tuple[Any, ...]:
    """The same classes by one of the two decorators."""

    @dataclass(frozen=True, slots=True)
    class Empty:
        """Nothing in it."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Base:
        """What others extend."""

        name: str
        where: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True)
    class Extended(Base):
        """Comes first, although its base came before."""

        KIND: ClassVar[str] = "extended"
        first: int  # type: ignore[misc]  # the others are by name alone
        seen: dict[str, int] = dataclasses.field(default_factory=dict, compare=False, repr=False)

        @property
        def twice(self) -> int:
            """Two of it."""
            return 2 * self.first

    @dataclass(slots=True)
    class Open:
        """May change, and is not hashed."""

        a: int
        b: list[int] = dataclasses.field(default_factory=list)
        c: int = dataclasses.field(init=False, default=7)

        def __post_init__(self) -> None:
            self.a += 1

    @dataclass(frozen=True, slots=True, eq=False)
    class Itself:
        """Is only the same as itself."""

        a: int

    @dataclass(frozen=True, slots=True)
    class Own:
        """Says itself what is the same."""

        a: int
        b: int = 0

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own) and other.a == self.a

        def __hash__(self) -> int:
            return hash(self.a)

        def __repr__(self) -> str:
            return "own"

    return Empty, Base, Extended, Open, Itself, Own


OURS, THEIRS = made(records.dataclass), made(dataclasses.dataclass)


def objects(classes: tuple[Any, ...]) -> list[Any]:
    """One object or two of each class."""
    empty, base, extended, opened, itself, own = classes
    return [
        empty(),
        base(name="x"),
        extended(1, name="y"),
        extended(first=1, name="y", where=(3,), seen={"a": 1}),
        opened(1),
        opened(2, b=[3]),
        itself(1),
        own(1, 2),
        own(a=1),
    ]


PAIRS = list(zip(objects(OURS), objects(THEIRS), strict=True))


@pytest.mark.parametrize(("our", "their"), PAIRS)
def test_an_object_has_the_fields_and_words_of_the_librarys(our: object, their: object) -> None:
    names = [(each.name, each.type, each.init, each.kw_only) for each in dataclasses.fields(our)]  # type: ignore[arg-type]
    assert names == [(e.name, e.type, e.init, e.kw_only) for e in dataclasses.fields(their)]  # type: ignore[arg-type]
    assert dataclasses.asdict(our) == dataclasses.asdict(their)  # type: ignore[call-overload]
    assert repr(our) == repr(their)
    assert type(our).__match_args__ == type(their).__match_args__  # type: ignore[attr-defined]
    assert type(our).__slots__ == type(their).__slots__  # type: ignore[attr-defined]
    assert not hasattr(our, "__dict__")
    assert type(our).__doc__ == type(their).__doc__


def test_objects_are_the_same_and_hashed_as_the_librarys() -> None:
    ours, theirs = objects(OURS), objects(THEIRS)
    again, theirs_again = objects(OURS), objects(THEIRS)
    for our, their in zip(ours, theirs, strict=True):
        assert [our == each for each in again] == [their == each for each in theirs_again]
        assert (type(our).__hash__ is None) is (type(their).__hash__ is None)
    same = [(our, each) for our in ours for each in again if our == each and type(our).__hash__ is not None]
    assert len(same) > 4
    assert all(hash(one) == hash(other) for one, other in same)
    assert OURS[0]() != THEIRS[0]()


def test_what_is_frozen_stays_so_and_what_is_open_changes() -> None:
    for our in objects(OURS):
        if type(our) is OURS[3]:
            our.a = 5
            assert our.a == 5
            continue
        for name in [*(each.name for each in dataclasses.fields(our)), "other"]:
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(our, name, 1)
            with pytest.raises(dataclasses.FrozenInstanceError):
                delattr(our, name)


def test_an_object_is_replaced_and_copied() -> None:
    extended = OURS[2](1, name="y")
    assert dataclasses.replace(extended, first=2) == OURS[2](2, name="y")
    assert dataclasses.replace(extended, first=2).twice == 4
    assert copy.deepcopy(extended) == extended
    assert dataclasses.is_dataclass(extended)


@records.dataclass(frozen=True, slots=True)
class Known:
    """At the top of a module, where pickle finds it."""

    a: int
    b: str = "b"


def test_an_object_is_pickled_and_taken_apart_by_position() -> None:
    assert pickle.loads(pickle.dumps(Known(1))) == Known(1)  # noqa: S301 (our own)
    match Known(1, "c"):
        case Known(a, b):
            assert (a, b) == (1, "c")
        case _:  # pragma: no cover
            pytest.fail("it is one")


@pytest.mark.parametrize("arguments", [((), {}), ((1, 2, 3), {}), ((), {"a": 1, "other": 2})])
def test_wrong_arguments_are_refused_by_the_first_object_too(arguments: tuple[tuple[int, ...], dict[str, int]]) -> None:
    @records.dataclass(frozen=True, slots=True)
    class Fresh:
        """Nobody has made one yet."""

        a: int
        b: int = 0

    positional, named = arguments
    with pytest.raises(TypeError, match=r"Fresh.__init__\(\)"):
        Fresh(*positional, **named)


def test_library_and_own_classes_extend_each_other() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Theirs(Known):
        """Made by the library, of one of ours."""

        c: int = 3

    @records.dataclass(frozen=True, slots=True)
    class Ours(Theirs):
        """And back."""

        d: int = 4

    assert repr(Ours(1)).endswith("Ours(a=1, b='b', c=3, d=4)")
    assert Ours(1) == Ours(1, "b", 3, 4)


@pytest.mark.parametrize("dataclass", [records.dataclass, dataclasses.dataclass])
def test_classes_have_an_order_and_attributes_like_the_librarys(dataclass: Any) -> None:
    @dataclass(frozen=True, order=True, slots=True)
    class Ordered:
        """Comes before others."""

        a: int
        b: int = 0

    @dataclass(frozen=True)
    class Loose:
        """Has a dictionary."""

        a: int
        b: list[int] = dataclasses.field(default_factory=list)
        c: int = dataclasses.field(default=3, repr=False)

        @cached_property
        def twice(self) -> int:
            """Two of it."""
            return 2 * self.a

    ordered: Any = Ordered
    assert sorted([ordered(2), ordered(1, 2), ordered(1)]) == [ordered(1), ordered(1, 2), ordered(2)]
    assert ordered(1) <= ordered(1)
    assert ordered(2) >= ordered(1)
    with pytest.raises(TypeError):
        ordered(1) < 1  # noqa: B015
    loose = Loose(1)
    assert loose.__dict__ == {"a": 1, "b": [], "c": 3}
    assert (loose.twice, Loose.c) == (2, 3)
    assert not hasattr(Loose, "b")
    assert copy.copy(loose) == dataclasses.replace(loose) == loose
    assert repr(loose).endswith("Loose(a=1, b=[])")
    with pytest.raises(dataclasses.FrozenInstanceError):
        loose.a = 2


def test_a_class_with_a_parameter_is_made_with_one() -> None:
    @records.dataclass(frozen=True)
    class Held(Generic[T]):
        """Something of a type."""

        value: T

    assert Held[int](1) == Held(1)
