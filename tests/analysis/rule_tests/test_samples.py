from __future__ import annotations

import time

import pytest

from generator.analysis.rule_tests.samples import labels_for, parse


@pytest.mark.parametrize(
    "matcher",
    [
        'code=~"5.."',
        'code=~"5..|429"',
        'code!~"5..|4.."',
        'path=~"/api/(v1|v2)/.+"',
        'path!~"/health.*"',
        'a=~"(mail|push)-[0-9]+"',
        'a=~"[^a-z]{3}\\\\d+"',
        "a=~`x\\.y|z`",
        'a=~".+"',
        'a!=""',
        'a=""',
        "a='it\\'s'",
        'a=~"(?i:get)"',
    ],
)
def test_made_up_labels_are_ones_that_the_matcher_accepts(matcher) -> None:
    matchers = parse([matcher])
    assert matchers is not None
    found = labels_for(matchers)
    assert found is not None
    assert matchers[0].accepts(found[matchers[0].label])


@pytest.mark.parametrize(
    ("some", "others"),
    [('code=~"5.."', []), ('code!~"5.."', []), ('code=~"5.."', ['code!="200"']), ('c="a"', ['d="b"'])],
)
def test_made_up_labels_can_be_ones_that_a_matcher_refuses(some, others) -> None:
    refusing, matchers = parse([some]), parse(others)
    assert refusing is not None
    assert matchers is not None
    found = labels_for(matchers, refusing)
    assert found is not None
    assert not refusing[0].accepts(found.get(refusing[0].label, ""))
    assert all(each.accepts(found.get(each.label, "")) for each in matchers)


def test_what_no_label_can_be_is_not_made_up() -> None:
    contradicting, every = parse(['a="x"', 'a="y"']), parse(['a=~".*"'])
    assert contradicting is not None
    assert every is not None
    assert labels_for(contradicting) is None
    assert labels_for((), every) is None


@pytest.mark.parametrize(
    "hostile",
    [
        'a=~"(a+)+b"',
        'a=~"(a?){30}a{30}"',
        'a=~"(a*)*"',
        f'a=~"{"a?" * 300}"',
        'a=~"("',
        'a=~"(?P<x>a)"',
        '__name__=~"a"',
    ],
)
def test_patterns_that_take_for_ever_or_mean_something_else_are_left_alone(hostile) -> None:
    began = time.monotonic()
    found = parse([hostile])
    assert found is None or labels_for(found) is not None
    assert time.monotonic() - began < 1


@pytest.mark.parametrize("pattern", ["[[:alpha:]]+", "[^[:digit:]]", "[a--b]", "[a&&b]"])
def test_classes_that_python_reads_otherwise_are_left_alone(pattern) -> None:
    assert parse([f'a=~"{pattern}"']) is None
