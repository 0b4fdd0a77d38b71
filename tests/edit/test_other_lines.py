"""Whatever is edited: all that the edit does not mean stays byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.documents import read_document
from generator.edit import append, flow, insert_key, remove, set_value
from generator.errors import EditRefused
from generator.findings import Pointer

_WORDS = st.sampled_from(
    ["a", "b", "NO", "10:30", "a: b", "- x", "x # y", "two\nlines", "ñ", "", "'", '"', "2026-12-24"]
)
_SCALARS = st.one_of(_WORDS, st.integers(-9, 99), st.booleans(), st.none(), st.sampled_from([99.9, 0.5]))
_KEYS = st.sampled_from(["title", "at", "who", "two words", "10:30", "NO", "ñ", "#"])
_DATA = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=12,
)
_ROOTS = st.lists(_DATA, min_size=1, max_size=4) | st.dictionaries(_KEYS, _DATA, min_size=1, max_size=4)


@dataclass
class Writer:
    """Writes data as a person might: by indentation or in brackets, with comments and empty lines between."""

    draw: st.DrawFn
    number: int = 0

    def lines(self, data: Any, indent: str) -> list[str]:
        found: list[str] = []
        items = data.items() if isinstance(data, dict) else ((None, each) for each in data)
        for key, each in items:
            found += self.between(indent)
            found += self.entry("- " if key is None else f"{flow(key)}: ", each, indent)
        return found

    def entry(self, lead: str, value: Any, indent: str) -> list[str]:
        how = self.draw(st.integers(0, 3))
        if isinstance(value, list | dict) and value and how:
            inner = self.lines(value, f"{indent}  ")
            if lead == "- " and how == 1 and not inner[0].strip().startswith("#") and inner[0].strip():
                return [f"{indent}- {inner[0].strip()}", *inner[1:]]
            return [f"{indent}{lead.rstrip()}{self.comment()}", *inner]
        if isinstance(value, list | dict) and value and not how and self.draw(st.booleans()):
            return self.one_a_line(lead, value, indent)
        if isinstance(value, str) and value.strip() and how == 1 and value != "two\nlines":
            return [f"{indent}{lead}|-{self.comment()}", f"{indent}    {value}"]
        return [f"{indent}{lead}{flow(value)}{self.comment()}"]

    def one_a_line(self, lead: str, value: Any, indent: str) -> list[str]:
        items = [flow({key: value[key]})[1:-1] for key in value] if isinstance(value, dict) else list(map(flow, value))
        first, last = "{}" if isinstance(value, dict) else "[]"
        comma = self.draw(st.sampled_from(["", ","]))
        commas = [","] * (len(items) - 1) + [comma]
        inner = [f"{indent}    {item}{comma}{self.comment()}" for item, comma in zip(items, commas, strict=True)]
        return [f"{indent}{lead}{first}{self.comment()}", *inner, f"{indent}  {last}{self.comment()}"]

    def comment(self) -> str:
        self.number += 1
        return self.draw(st.sampled_from(["", "", f"  # note {self.number}, [x] - y: z"]))

    def between(self, indent: str) -> list[str]:
        self.number += 1
        return self.draw(st.sampled_from([[], [], [""], [f"{indent}# line {self.number}: x"]]))


@dataclass
class Source:
    text: str
    data: Any


@st.composite
def sources(draw: st.DrawFn) -> Source:
    data = draw(_ROOTS)
    lines = Writer(draw).lines(data, "")
    line_break = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    end = draw(st.sampled_from(["", line_break, f"{line_break}# end{line_break}"]))
    return Source(line_break.join(lines) + end, data)


def read(text: str) -> Any:
    document, _ = read_document("source.yaml", text.encode())
    assert document is not None, text
    return document.data


def places(data: Any, pointer: Pointer = ()) -> list[tuple[Pointer, Any]]:
    found = [(pointer, data)]
    if isinstance(data, dict | list):
        for step in data if isinstance(data, dict) else range(len(data)):
            found += places(data[step], (*pointer, step))
    return found


def same_ends(before: str, after: str) -> tuple[int, int]:
    """How many lines are the same at the start and at the end, without counting one twice."""
    old, new = before.splitlines(), after.splitlines()
    most = min(len(old), len(new))
    start = next((n for n in range(most) if old[n] != new[n]), most)
    end = next((n for n in range(most - start) if old[-1 - n] != new[-1 - n]), most - start)
    return start, end


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    start, end = same_ends(before, after)
    old, new = before.splitlines(), after.splitlines()
    return old[start : len(old) - end], new[start : len(new) - end]


@given(source=sources())
def test_the_sources_of_these_tests_mean_what_they_should(source: Source):
    assert read(source.text) == source.data


@given(source=sources(), chance=st.data(), value=_DATA)
def test_setting_a_scalar_changes_its_lines_only(source: Source, chance: st.DataObject, value: object):
    scalars = [place for place, old in places(source.data) if place and not isinstance(old, list | dict)]
    assume(scalars)
    pointer = chance.draw(st.sampled_from(scalars))
    after = set_value(source.text, pointer, value)
    old, new = changed_lines(source.text, after)
    assert len(new) <= 1
    assert len(old) <= 2, "a scalar, or `|` and its line"
    assert [line for line in old if line.lstrip().startswith("# line")] == []
    expected = read(source.text)
    parent = expected
    for step in pointer[:-1]:
        parent = parent[step]
    parent[pointer[-1]] = value
    assert read(after) == expected


@given(source=sources(), chance=st.data(), item=_DATA)
def test_appending_adds_lines_or_changes_one(source: Source, chance: st.DataObject, item: object):
    lists = [p for p, v in places(source.data) if isinstance(v, list)]
    assume(lists)
    pointer = chance.draw(st.sampled_from(lists))
    after = append(source.text, pointer, item)
    old, new = changed_lines(source.text, after)
    if old:  # inside brackets: the line itself, or the line before gets its comma
        assert len(old) == 1
        assert len(new) <= 2
        assert note(old[0]) == note(new[0])
    else:
        assert new
    assert comments(after) == comments(source.text)
    assert ends(after) == ends(source.text)


@given(source=sources(), chance=st.data(), value=_DATA)
def test_inserting_a_key_adds_a_line_or_changes_one(source: Source, chance: st.DataObject, value: object):
    maps = [p for p, v in places(source.data) if isinstance(v, dict)]
    assume(maps)
    after = insert_key(source.text, chance.draw(st.sampled_from(maps)), "a new key", value)
    old, new = changed_lines(source.text, after)
    assert len(old) <= 1
    if isinstance(value, list) and value and all(isinstance(each, dict) and each for each in value):
        assert old or new[0].rstrip().endswith(":"), "the items of a list of maps stand below their key"
    else:
        assert len(new) <= len(old) + 1
    assert [note(line) for line in old] == [note(line) for line in new[: len(old)]]
    assert comments(after) == comments(source.text)
    assert ends(after) == ends(source.text)


@given(source=sources(), chance=st.data())
def test_removing_keeps_all_other_lines(source: Source, chance: st.DataObject):
    pointer = chance.draw(st.sampled_from([p for p, _ in places(source.data) if p]))
    why = ""
    try:
        after = remove(source.text, pointer)
    except EditRefused as refusal:
        why = refusal.message
        after = ""
    if not after:
        assert "a comment stands in the way" in why
        return
    old, new = changed_lines(source.text, after)
    assert len(new) <= 1, "what shares a line, or an empty [] or {}"
    assert after.count("\r\n") in {0, after.count("\n")}
    inner = dict(places(source.data))[pointer]
    if not isinstance(inner, list | dict):
        assert len(old) <= 4
        assert [line for line in comments(source.text) if line not in comments(after)] == []


def comments(text: str) -> list[str]:
    """The comments on lines of their own."""
    return [line for line in text.splitlines() if line.lstrip().startswith("# line")]


def note(line: str) -> str:
    """The comment behind what stands on a line."""
    return line.partition("  # note")[2]


def ends(text: str) -> tuple[bool, bool]:
    return text.endswith("\n"), "\r\n" in text and "\n" in text.replace("\r\n", "")
