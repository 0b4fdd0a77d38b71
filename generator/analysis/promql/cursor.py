"""A place in a row of tokens, and the faults that one meets there."""

from __future__ import annotations

from generator.analysis.promql.names import GROUPING, MATCHING, SIDES
from generator.analysis.promql.tokens import Token, tokens
from generator.records import dataclass

CLOSING = {"(": ")", "{": "}", "[": "]"}
INSTEAD = {
    "=": "write == to compare",
    "&&": "write and",
    "||": "write or",
    "&": "write and",
    "|": "write or",
    "!": "write != to compare, unless or absent() to negate",
    "=~": 'labels are matched between braces: metric{label=~"pattern"}',
    "!~": 'labels are matched between braces: metric{label!~"pattern"}',
    ";": "an expression is one value: leave it out",
}
"""What is meant by what other languages have."""
JUNK = {
    "$": "variables of Grafana mean nothing here",
    "“": 'quotes are written "',
    "”": 'quotes are written "',
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at an offset of the text, in words that follow the query's name, and how to mend it."""

    offset: int
    message: str
    hint: str = ""


class Stopped(Exception):
    """Ends the walk at the first fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Cursor:
    """Where the walk is."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.at = 0

    @property
    def token(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.at]

    @property
    def following(self) -> Token:
        """The one behind it."""
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    @property
    def ended(self) -> bool:
        """Whether nothing comes any more."""
        return self.token.kind == "end"

    def take(self) -> Token:
        """Goes on behind the next token."""
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def here(self, *signs: str) -> bool:
        """Whether one of these signs comes next."""
        return self.token.kind == "symbol" and self.token.text in signs

    def word(self, words: frozenset[str]) -> bool:
        """Whether one of these words comes next, in any case."""
        return self.token.kind == "name" and self.token.text.lower() in words

    def stop(self, message: str, hint: str = "", token: Token | None = None) -> Stopped:
        """A fault at the next token, or at another one."""
        return Stopped(Fault((token or self.token).start, message, hint))

    def lexical(self) -> None:
        """Stops at what is no token of PromQL at all."""
        token = self.token
        if token.kind == "unclosed":
            raise self.stop(f"a string opened with {token.text[0]} is not closed", f"close it with {token.text[0]}")
        if token.kind == "bad-number":
            raise self.stop(f"'{token.text}' is no number and no duration", "durations are written as 5m, 1h30m or 90s")
        if token.kind == "junk":
            raise self.stop(f"'{token.text}' means nothing here", JUNK.get(token.text, ""))

    def not_closed(self, opened: Token) -> Stopped:
        """Something goes on where a parenthesis, brace or bracket should end."""
        if self.ended:
            return self.stop(f"a '{opened.text}' is not closed", f"close it with {CLOSING[opened.text]}", opened)
        return self.stray()

    def stray(self) -> Stopped:
        """Something stands after a value that is neither an operator nor an end."""
        self.lexical()
        token = self.token
        if token.text in INSTEAD:
            return self.stop(f"'{token.text}' is no operator here", INSTEAD[token.text])
        if self.here(")", "}", "]"):
            return self.stop(f"a '{token.text}' closes nothing", "leave it out, or open it")
        if self.here("(", "[", "{", "@", ":", ","):
            return self.stop(f"a '{token.text}' may not follow here")
        if self.word(GROUPING):
            hint = f"write sum {token.text} (job) (…)"
            return self.stop(f"'{token.text}' belongs to an aggregation such as sum", hint)
        if self.word(MATCHING | SIDES):
            return self.stop(f"'{token.text}' belongs behind an operator", f"write a / {token.text} (job) b")
        return self.stop(f"two values stand side by side: no operator before '{token.text}'", "write one between them")
