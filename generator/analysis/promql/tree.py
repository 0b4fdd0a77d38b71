"""PromQL as a tree of our own: frozen, and without parentheses, which only the text needs.

Nodes are equal only to themselves, so that what is found out about one is remembered at the cost of a pointer;
`firing.same` compares what they say.

`at` is the place of a node among those of its sort in the order of the text: the parser gives no positions, and
`scan` finds them by this number, for the few queries of which something is reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.analysis.promql.names import COMPARISONS, SCALARS
from generator.records import dataclass

REMEMBERED = 524288
"""Of how many nodes it is remembered what was found out: check after check asks about all of them in turn."""


@dataclass(frozen=True, slots=True, eq=False)
class Number:
    """A number as written; a duration is its seconds."""

    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """A string, as an argument."""

    value: str


@dataclass(frozen=True, slots=True)
class Matcher:
    """A condition on one label; `op` is one of =, !=, =~, !~."""

    label: str
    op: str
    value: str


@dataclass(frozen=True, slots=True, eq=False)
class Selector:
    """Series by name and labels. `metric` is empty where only matchers choose; `range` and `offset` in seconds."""

    at: int
    metric: str
    matchers: tuple[Matcher, ...]
    range: float | None = None
    offset: float = 0
    pinned: bool = False
    """Whether `@` fixes the instant."""


@dataclass(frozen=True, slots=True, eq=False)
class Subquery:
    """An expression over a range, asked every `step` seconds (None: the server's evaluation interval)."""

    inner: Node
    range: float
    step: float | None = None
    offset: float = 0


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A function and its arguments."""

    at: int
    name: str
    arguments: tuple[Node, ...]
    experimental: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Aggregation:
    """`op by|without (labels) (parameter, inner)`; `by` and `without` are None where they are not written."""

    at: int
    op: str
    inner: Node
    parameter: Node | None = None
    by: tuple[str, ...] | None = None
    without: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Negation:
    """A minus sign in front."""

    inner: Node


@dataclass(frozen=True, slots=True, eq=False)
class Binary:
    """Two operands. `many` is the side that may have several series for one of the other: left, right, or none."""

    at: int
    op: str
    left: Node
    right: Node
    asks: bool = False
    """Whether `bool` makes it answer 1 or 0, instead of letting through what meets the condition."""
    on: tuple[str, ...] | None = None
    ignoring: tuple[str, ...] | None = None
    many: str = ""
    include: tuple[str, ...] = ()
    """The labels of group_left or group_right."""

    @property
    def compares(self) -> bool:
        """Whether it lets through what meets a condition."""
        return not self.asks and self.op in COMPARISONS


Node = Number | Text | Selector | Subquery | Call | Aggregation | Negation | Binary


def children(node: Node) -> tuple[Node, ...]:
    """The operands and arguments, in the order of the text."""
    match node:
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case Aggregation():
            return (node.inner,) if node.parameter is None else (node.parameter, node.inner)
        case Subquery() | Negation():
            return (node.inner,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, outermost first."""
    yield node
    for child in children(node):
        yield from walk(child)


@lru_cache(maxsize=REMEMBERED)
def is_scalar(node: Node) -> bool:
    """Whether it gives one number, instead of series with labels."""
    match node:
        case Number():
            return True
        case Call():
            return node.name in SCALARS
        case Negation():
            return is_scalar(node.inner)
        case Binary():
            return is_scalar(node.left) and is_scalar(node.right)
        case _:
            return False
