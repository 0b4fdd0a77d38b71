from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.edit import flow, scalar
from generator.errors import EditRefused


def yaml_1_1(text: str) -> object:
    return yaml.load(text, Loader=yaml.SafeLoader)  # the old rules are the point


def yaml_1_2(text: str) -> object:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Errors at checkout", "Errors at checkout"),
        ("2026-12-24 09:00", "2026-12-24 09:00"),
        ("https://example.com/a", "https://example.com/a"),
        ("5m", "5m"),
        ("ñandú", "ñandú"),
        ("NO", '"NO"'),
        ("on", '"on"'),
        ("y", '"y"'),
        ("null", '"null"'),
        ("10:30", '"10:30"'),
        ("1.10", '"1.10"'),
        ("1e3", '"1e3"'),
        ("0o14", '"0o14"'),
        ("08", '"08"'),
        ("2026-12-24", '"2026-12-24"'),
        ("", '""'),
        (" x", '" x"'),
        ("x ", '"x "'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        ("- a", '"- a"'),
        ("*a", '"*a"'),
        ("&a", '"&a"'),
        ('say "hi"\\', '"say \\"hi\\"\\\\"'),
        ("two\nlines\t\r", '"two\\nlines\\t\\x0d"'),
        ("\u2028\u0085\ufeff\U000e0001", '"\\u2028\\x85\\ufeff\\U000e0001"'),
    ],
)
def test_text_is_quoted_only_where_it_needs_it(text: str, written: str):
    assert scalar(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (-3, "-3"),
        (99.9, "99.9"),
        (1e16, "1.0e+16"),
        (1e-7, "1.0e-07"),
    ],
)
def test_values_that_are_no_text(value: object, written: str):
    assert scalar(value) == written
    for read in (yaml_1_1, yaml_1_2):
        assert read(written) == value
        assert type(read(written)) is type(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, b"x", object(), {1: 2}, "\ud800", [set()]])
def test_what_yaml_cannot_hold_is_refused(value: object):
    with pytest.raises(EditRefused):
        flow(value)


_TRICKY = st.from_regex(r"[-+.0-9_:exoXnNyYtTfF~ TZ#,'\"!&*?%@`{}\[\]|>=<\n]{1,12}", fullmatch=True)
_TEXT = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), _TRICKY)


@pytest.mark.parametrize("read", [yaml_1_1, yaml_1_2])
@pytest.mark.parametrize("frame", ["k: %s", "{k: %s, l: x}"])
@given(text=_TEXT)
@example(text="0_E0")
@example(text="1_0.5_e1_0")
def test_text_reads_back_as_text(read: Callable[[str], object], frame: str, text: str):
    found = read(frame % scalar(text))
    assert isinstance(found, dict)
    assert found["k"] == text


_DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("read", [yaml_1_1, yaml_1_2])
@given(data=_DATA)
def test_data_reads_back(read: Callable[[str], object], data: object):
    assert read(f"- {flow(data)}") == [data]
