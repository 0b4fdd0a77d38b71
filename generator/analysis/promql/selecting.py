"""The parts of a selector, walked token by token: matchers, ranges, offsets; and lists of labels."""

from __future__ import annotations

from generator.analysis.promql.cursor import Cursor, Stopped
from generator.analysis.promql.tokens import Token

LENGTHS = ("duration", "number", "window")
"""Sorts of tokens that stand where a length of time is expected."""
OPERATORS = ("=", "!=", "=~", "!~")
OFFSET = frozenset({"offset"})


class SelectingCursor(Cursor):
    """Goes through what stands in braces, in brackets and behind them."""

    def labels(self) -> None:
        """Names between parentheses."""
        if not self.here("("):
            raise self.stop("labels in parentheses are expected", "write (job), or () for none")
        opened = self.take()
        while not self.here(")"):
            if self.token.kind not in ("name", "string"):
                raise self._in_list(opened, f"a label is expected, not '{self.token.text}'")
            self.take()
            if self.here(","):
                self.take()
            elif not self.here(")"):
                raise self._in_list(opened, f"a comma is missing before '{self.token.text}'")
        self.take()

    def _in_list(self, opened: Token, message: str) -> Stopped:
        self.lexical()
        return self.not_closed(opened) if self.ended else self.stop(message)

    def braces(self) -> None:
        """Matchers."""
        opened = self.take()
        while not self.here("}"):
            if self.ended:
                raise self.not_closed(opened)
            self.matcher()
            if self.here(","):
                self.take()
            elif not self.here("}"):
                raise self._between_matchers(opened)
        self.take()

    def _between_matchers(self, opened: Token) -> Stopped:
        self.lexical()
        if self.ended:
            return self.not_closed(opened)
        if self.token.text.lower() == "or":
            return self.stop("'or' between matchers is not Prometheus's", 'write label=~"a|b", or {…} or {…}')
        if self.here(")", "]"):
            return self.stop(f"'{self.token.text}' stands where a brace should close", "close it with }")
        return self.stop(f"a comma is missing before '{self.token.text}'", 'write {job="a", env="b"}')

    def matcher(self) -> None:
        """A label, an operator, a text."""
        label = self.token
        if label.kind == "string" and self.following.text in (",", "}"):
            self.take()  # the metric's name in quotes, as servers from 3.0 take it
            return
        if label.kind not in ("name", "string") or (label.kind == "name" and ":" in label.text):
            self.lexical()
            hint = "{{.window}} belongs between brackets" if label.kind == "window" else 'matchers are written job="a"'
            raise self.stop(f"'{label.text}' is no label", hint)
        self.take()
        self._comparison(label)
        if self.token.kind != "string":
            raise self._no_text(label, self.tokens[self.at - 1])
        self.take()

    def _comparison(self, label: Token) -> None:
        written = self.token.text
        if not self.here(*OPERATORS):
            self.lexical()
            hint = f'write {label.text}="…"' if written in ("==", ":", "}", ",") else "matchers are =, !=, =~ and !~"
            raise self.stop(f"label '{label.text}' is matched by =, !=, =~ or !~, not by '{written}'", hint)
        self.take()

    def _no_text(self, label: Token, operator: Token) -> Stopped:
        self.lexical()
        value = self.token
        hint = f'write {label.text}{operator.text}"{value.text}"' if value.kind in ("name", "number") else ""
        return self.stop(f"the value of label '{label.text}' is no text in quotes", hint)

    def brackets(self) -> None:
        """A range, with or without a step."""
        opened = self.take()
        self._length("a range is missing", "write [5m]")
        if self.here(":"):
            self.take()
            if not self.here("]"):
                self._length("a step is missing", "write [1h:1m]")
        if not self.here("]"):
            self.lexical()
            if self.ended:
                raise self.not_closed(opened)
            raise self.stop(f"'{self.token.text}' stands where the bracket should close", "a range is written [5m]")
        self.take()

    def _length(self, missing: str, hint: str) -> None:
        if self.token.kind not in LENGTHS:
            self.lexical()
            if self.ended:
                raise self.stop(f"{missing}, and its bracket is not closed", hint)
            raise self.stop(f"'{self.token.text}' is no duration", hint)
        self.take()

    def behind(self) -> None:
        """Range, offset and instant behind an operand."""
        while True:
            if self.here("["):
                self.brackets()
            elif self.word(OFFSET):
                self._offset()
            elif self.here("@"):
                self._instant()
            else:
                return

    def _sign(self) -> None:
        if self.here("+", "-"):
            self.take()

    def _offset(self) -> None:
        word = self.take()
        self._sign()
        if self.token.kind not in LENGTHS:
            self.lexical()
            raise self.stop("offset has no duration", "write offset 1h", word)
        self.take()

    def _instant(self) -> None:
        self.take()
        self._sign()
        if self.token.kind == "name" and self.token.text in ("start", "end"):
            self.take()
            self.labels()
        elif self.token.kind in ("number", "duration"):
            self.take()
        else:
            raise self.stop("@ takes an instant in seconds, start() or end()")
