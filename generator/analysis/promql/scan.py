"""PromQL's grammar walked token by token, only to say where things are: faults, and what the tree has no place of."""

from __future__ import annotations

from dataclasses import field

from generator.analysis.promql.cursor import INSTEAD, Fault, Stopped
from generator.analysis.promql.names import (
    AGGREGATIONS,
    FUNCTIONS,
    GROUPING,
    MATCHING,
    OPERATOR_SIGNS,
    OPERATOR_WORDS,
    SIDES,
)
from generator.analysis.promql.selecting import SelectingCursor
from generator.analysis.promql.tokens import Token
from generator.findings import did_you_mean
from generator.records import dataclass

VALUES = ("number", "string", "duration", "window")
NUMBERS = ("inf", "nan")
BOOL = frozenset({"bool"})


@dataclass(frozen=True, slots=True)
class Group:
    """A pair of parentheses, from the name of its function or aggregation, if any, to behind its end."""

    start: int
    end: int


@dataclass(slots=True)
class Scan:
    """What was found where, in the order of the text."""

    fault: Fault | None = None
    selectors: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    """Functions and aggregations."""
    operators: list[int] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)


def scan(text: str) -> Scan:
    """Walks a text to its end, or to its first fault."""
    walk = _Walk(text)
    try:
        walk.expression()
        if not walk.ended:
            raise walk.stray()
    except Stopped as stopped:
        walk.out.fault = stopped.fault
    except RecursionError:
        walk.out.fault = Fault(0, "it nests too deep")
    return walk.out


class _Walk(SelectingCursor):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.out = Scan()
        self.open: list[Token] = []

    def expression(self) -> None:
        """Operands with operators between them."""
        self.operand(None)
        while operator := self.operator():
            self.modifiers()
            self.operand(operator)

    def operator(self) -> Token | None:
        if self.word(OPERATOR_WORDS) or self.here(*OPERATOR_SIGNS):
            self.out.operators.append(self.token.start)
            return self.take()
        return None

    def modifiers(self) -> None:
        """`bool`, `on (…)`, `group_left (…)`."""
        if self.word(BOOL):
            self.take()
        if self.word(MATCHING):
            self.take()
            self.labels()
        if self.word(SIDES):
            self.take()
            if self.here("("):
                self.labels()

    def operand(self, after: Token | None) -> None:
        while self.here("+", "-"):
            self.take()
        if self.token.kind in VALUES:
            self.take()
        elif self.token.kind == "name":
            self.name()
        elif self.here("("):
            self.parentheses(Token("name", "", self.token.start))
        elif self.here("{"):
            self.out.selectors.append(self.token.start)
            self.braces()
        else:
            raise self.no_operand(after)
        self.behind()

    def no_operand(self, after: Token | None) -> Stopped:
        self.lexical()
        if after is not None:
            return self.stop(f"nothing stands after '{after.text}'", "write a value there or leave it out", after)
        if self.ended:
            return self.not_closed(self.open[-1]) if self.open else self.stop("it says nothing")
        if self.here(*OPERATOR_SIGNS):
            return self.stop(f"nothing stands before '{self.token.text}'")
        return self.stop(f"a value is expected, not '{self.token.text}'", INSTEAD.get(self.token.text, ""))

    def name(self) -> None:
        """A metric, or a function or an aggregation with its arguments."""
        lower = self.token.text.lower()
        if lower in OPERATOR_WORDS:
            raise self.stop(f"'{self.token.text}' has no value on one of its sides")
        if lower in MATCHING | SIDES or (lower in GROUPING and self.following.text == "("):
            raise self.stray()
        if lower in BOOL:
            raise self.stop("'bool' belongs behind a comparison", "write a > bool b")
        token = self.take()
        if lower in AGGREGATIONS and (self.word(GROUPING) or self.here("(")):
            self.aggregation(token)
        elif self.here("("):
            self.function(token)
        elif lower not in NUMBERS:
            self.out.selectors.append(token.start)
            if self.here("{"):
                self.braces()

    def aggregation(self, token: Token) -> None:
        self.out.named.append(token.start)
        grouped = self.word(GROUPING)
        if grouped:
            self.grouping()
        if not self.here("("):
            raise self.stop(f"{token.text} has no parentheses after its labels", f"write {token.text}(…)")
        self.parentheses(token)
        if not grouped and self.word(GROUPING):
            self.grouping()

    def grouping(self) -> None:
        word = self.take()
        if not self.here("("):
            raise self.stop(f"the labels of {word.text} stand in parentheses", f"write {word.text} (job)", word)
        self.labels()

    def function(self, token: Token) -> None:
        if token.text not in FUNCTIONS:
            near = did_you_mean(token.text, FUNCTIONS | AGGREGATIONS)
            raise self.stop(f"there is no function '{token.text}'", near, token)
        self.out.named.append(token.start)
        self.parentheses(token)

    def parentheses(self, owner: Token) -> None:
        opened = self.take()
        self.open.append(opened)
        if not (owner.text and self.here(")")):
            self.arguments(owner, opened)
        self.open.pop()
        self.out.groups.append(Group(owner.start, self.take().end))

    def arguments(self, owner: Token, opened: Token) -> None:
        self.expression()
        while self.here(","):
            comma = self.take()
            if not owner.text:
                raise self.stop("a comma stands where no arguments are", "only functions take several values", comma)
            if self.here(")"):
                raise self.stop("nothing stands after ','", "write a value there or leave it out", comma)
            self.expression()
        if not self.here(")"):
            raise self.not_closed(opened)
