"""What expressions mean: text, numbers, lists, locals, defaults of variables, simple arithmetic, and references.

All else is `Unknown`: it is named by whoever meets it, and never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from generator.importers.terraform.blocks import Attribute, Block
from generator.importers.terraform.functions import ARITHMETIC, FUNCTIONS, LONGEST, Reference, Unknown, Value, code
from generator.importers.terraform.text import heredoc, written

_DEPTH = 100
"""How deep values and locals may stand inside each other: more is a circle, or no file that people write."""


class Scope:
    """The locals and variables of a set of files. Of what is there twice, the first counts."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        self._named: dict[str, Attribute] = {}
        for block in blocks:
            if block.type == "locals":
                for name, attribute in block.attributes.items():
                    self._named.setdefault(f"local.{name}", attribute)
            elif block.type == "variable" and len(block.labels) == 1 and "default" in block.attributes:
                self._named.setdefault(f"var.{block.labels[0]}", block.attributes["default"])
        self._known: dict[str, Value] = {}
        self._found: dict[str, Value] = {}
        self._depth = 0

    def value(self, attribute: Attribute | None) -> Value:
        """What an attribute says; None where it is absent or null."""
        return None if attribute is None else self.of(attribute.tree)

    @contextmanager
    def knowing(self, names: Mapping[str, Value]) -> Iterator[None]:
        """Names that mean something for a while: `each.key`, `count.index`, the variable of a loop."""
        before, self._known = self._known, {**self._known, **names}
        try:
            yield
        finally:
            self._known = before

    def of(self, tree: Any) -> Value:
        """What an expression means."""
        read = getattr(self, f"_{getattr(tree, 'data', 'nothing')}", None)
        if read is None or self._depth > _DEPTH:
            return Unknown(code(tree))
        self._depth += 1
        try:
            found: Value = read(tree)
        finally:
            self._depth -= 1
        return found

    # The names of the parser's rules, each with an underscore before it.
    def _expr_term(self, tree: Any) -> Value:
        inner = _inner(tree)
        return self.of(inner[0]) if len(inner) == 1 else Unknown(code(tree))

    def _string(self, tree: Any) -> Value:
        parts = [self._part(each.children[0]) for each in _inner(tree)]
        if len(parts) == 1 and not isinstance(parts[0], str):
            return parts[0]
        known = [str(part) for part in parts if isinstance(part, str | int) and not isinstance(part, bool)]
        whole = len(known) == len(parts) and sum(map(len, known)) <= LONGEST
        return "".join(known) if whole else Unknown(code(tree))

    def _part(self, part: Any) -> Value:
        if not hasattr(part, "data"):
            return written(str(part))
        return self.of(part.children[1]) if part.data == "interpolation" else Unknown(code(part))

    def _int_lit(self, tree: Any) -> Value:
        digits = str(tree.children[0])
        return int(digits) if len(digits) < 20 else Unknown(code(tree))

    def _literal_value(self, tree: Any) -> Value:
        return {"true": True, "false": False}.get(str(tree.children[0]))

    def _heredoc_template(self, tree: Any) -> Value:
        found = heredoc(str(tree.children[0]))
        return Unknown(code(tree)) if found is None else found

    _heredoc_template_trim = _heredoc_template

    def _tuple(self, tree: Any) -> Value:
        return [self.of(each) for each in _inner(tree)]

    def _object(self, tree: Any) -> Value:
        out: dict[str, Value] = {}
        for element in _inner(tree):
            key = self.of(element.children[0].children[0])
            out[key.address if isinstance(key, Reference) else str(key)] = self.of(element.children[-1])
        return out

    def _identifier(self, tree: Any) -> Value:
        name = str(tree.children[0])
        return self._known.get(name, Reference(name))

    def _get_attr_expr_term(self, tree: Any) -> Value:
        base, name = self.of(tree.children[0]), str(tree.children[1].children[-1].children[0])
        if isinstance(base, Reference):
            return self._resolved(Reference(f"{base.address}.{name}"))
        return base.get(name, Unknown(code(tree))) if isinstance(base, dict) else Unknown(code(tree))

    def _index_expr_term(self, tree: Any) -> Value:
        base, inner = self.of(tree.children[0]), _inner(tree.children[1])
        key = self.of(inner[0]) if inner else int(str(tree.children[1].children[-1]))
        if isinstance(base, Reference) and isinstance(key, str | int):
            return Reference(f'{base.address}["{key}"]' if isinstance(key, str) else f"{base.address}[{key}]")
        if isinstance(base, list) and type(key) is int and 0 <= key < len(base):
            return base[key]
        if isinstance(base, dict) and isinstance(key, str) and key in base:
            return base[key]
        return Unknown(code(tree))

    def _resolved(self, reference: Reference) -> Value:
        """A local or variable is what it stands for; all else stays a reference."""
        address = reference.address
        if address in self._known:
            return self._known[address]
        if address in self._named:
            if address not in self._found:  # each once: locals that name one twice would double and double
                self._found[address] = self.of(self._named[address].tree)
            return self._found[address]
        return Unknown(address) if address.startswith(("var.", "local.", "each.", "count.", "module.")) else reference

    def _binary_op(self, tree: Any) -> Value:
        left, right = self.of(tree.children[0]), self.of(tree.children[1].children[-1])
        act = ARITHMETIC.get(str(tree.children[1].children[0].children[0]))
        if act is None or type(left) is not int or type(right) is not int:
            return Unknown(code(tree))
        found = act(left, right)
        return Unknown(code(tree)) if found is None else found

    def _unary_op(self, tree: Any) -> Value:
        inner = self.of(tree.children[-1])
        return -inner if type(inner) is int and str(tree.children[0]) == "-" else Unknown(code(tree))

    def _function_call(self, tree: Any) -> Value:
        act = FUNCTIONS.get(str(tree.children[0].children[0]))
        listed = [self.of(each) for part in _inner(tree) if part.data == "arguments" for each in _inner(part)]
        found = act(listed) if act is not None else None
        return Unknown(code(tree)) if found is None else found

    def _for_tuple_expr(self, tree: Any) -> Value:
        intro, *parts = _inner(tree)
        names = [str(each.children[0]) for each in _inner(intro) if each.data == "identifier"]
        source = self.of(_inner(intro)[-1])
        if len(parts) != 1 or not isinstance(source, list | dict) or len(names) > 2:
            return Unknown(code(tree))
        out: list[Value] = []
        for key, each in source.items() if isinstance(source, dict) else enumerate(source):
            with self.knowing(dict(zip(reversed(names), (each, key), strict=False))):
                out.append(self.of(parts[0]))
        return out


def _inner(tree: Any) -> list[Any]:
    """What a rule is made of, without signs, line breaks and comments."""
    return [each for each in tree.children if getattr(each, "data", "") not in ("", "new_line_or_comment")]
