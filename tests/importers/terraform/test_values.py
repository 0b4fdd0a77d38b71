from __future__ import annotations

import pytest

from generator.importers.terraform import Reference, Scope, Unknown, read_hcl

LOCALS = 'locals {\n  list = ["a", "b"]\n  map = { x = 1, "y" = 2 }\n  circle = local.circle\n}\n'


def value(expression):
    file = read_hcl("main.tf", f'{LOCALS}variable "v" {{ default = "d" }}\nblock {{\n  a = {expression}\n}}\n'.encode())
    assert file.stream.findings == []
    return Scope(file.blocks).value(file.blocks[-1].attributes["a"])


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"a \\"b\\" \\u00e9 \\\\ $${c} %%{d}"', 'a "b" é \\ ${c} %{d}'),
        ("<<-EOT\n    one\n      two\n  EOT", "one\n  two\n"),
        ("7 * 24 * 3600", 604800),
        ("(1 + 2) * -3", -9),
        ("86400 / 7", Unknown("86400 / 7")),
        ("[true, null, 5]", [True, None, 5]),
        ('{ a = 1, "b" = "c" }', {"a": 1, "b": "c"}),
        ("local.list[1]", "b"),
        ('local.map["y"]', 2),
        ("local.map.x", 1),
        ("local.list[7]", Unknown("local.list[7]")),
        ("local.circle", Unknown("local.circle")),
        ('"${var.v}-1"', "d-1"),
        ("var.w", Unknown("var.w")),
        ("pagerduty_user.a.id", Reference("pagerduty_user.a.id")),
        ('pagerduty_user.a["k"].id', Reference('pagerduty_user.a["k"].id')),
        ('[for k, v in local.map : "${k}${v}"]', ["x1", "y2"]),
        ("[for u in local.list : pagerduty_user.all[u].id]",
         [Reference('pagerduty_user.all["a"].id'), Reference('pagerduty_user.all["b"].id')]),
        ('concat(local.list, toset(["c"]))', ["a", "b", "c"]),
        ('lower("ABC")', "abc"),
        ('file("x")', Unknown('file("x")')),
        ("true ? 1 : 2", Unknown("true ? 1 : 2")),
    ],
)  # fmt: skip
def test_what_an_expression_means(expression, expected):
    assert value(expression) == expected


def test_locals_that_double_each_other_end():
    lines = "\n".join(f"  a{n} = concat(local.a{n - 1}, local.a{n - 1})" for n in range(1, 60))
    file = read_hcl("main.tf", f'locals {{\n  a0 = ["x", "y"]\n{lines}\n}}\nb {{\n  a = local.a59\n}}\n'.encode())
    assert isinstance(Scope(file.blocks).value(file.blocks[-1].attributes["a"]), Unknown)


def test_comments_and_places():
    file = read_hcl("main.tf", b"# one\nb {\n  // two\n  a = 1 /* three\n * four */\n}\n")
    found = [(each.line, each.text, each.alone) for each in file.stream.comments]
    assert found == [(1, "# one", True), (3, "# two", True), (4, "# three", False), (5, "# four", True)]
    at = file.blocks[0].attributes["a"].at
    assert (at.line, at.column) == (4, 3)
