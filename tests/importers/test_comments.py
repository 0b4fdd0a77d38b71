from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.importers import Given, Options, importer
from generator.importers.comments import attach
from generator.importers.write import render
from tests.importers.files import RULE_FILES, written

STYLE = {"default_flow_style": False, "width": 1000, "allow_unicode": True}


def imported(text: str) -> str:
    given = Given("cart.yml", text.encode())
    result = importer("prometheus").read([given], Options())
    attach(result.sources.values(), [given.stream])
    return "".join(map(render, result.sources.values()))


def test_comments_stand_where_they_stood():
    text = """\
# of the file
groups:
  # of the group
  - name: a  # of the name
    interval: 1m
    # of the rules
    rules:
      # of the alert
      - alert: A
        # of the expression
        expr: up == 0
        for: 5m  # of the time
      #- alert: Old
      #  expr: old
  - name: b
    rules:
      - alert: B
        expr: up == 0
        labels:
          team: x  # of the label
          # of no label
      # at the end
"""
    assert imported(text) == text


def test_a_rule_that_has_no_place_stays_as_a_comment():
    out = imported("groups:\n- name: a\n  rules:\n  - {record: x, alert: y, expr: up}\n")
    lines = [line.strip() for line in out.splitlines()]
    assert lines[-4:] == ["# not kept, from cart.yml:4:", "# - record: x", '#   alert: "y"', "#   expr: up"]


def test_comments_of_what_is_not_kept_stay_with_it():
    text = """\
groups:
  - name: a
    # Thanos only
    partial_response_strategy: warn  # not abort
    # of the rules
    rules:
      - alert: A
        expr: up == 0
        # why five
        fro: 5m  # five
        # of the labels
        labels:
          # of a bad name
          a-b: x  # x
          c: d
      # of no rule
      - alert: B
        # of no name
        record: b
        expr: up
      # of the next
      - alert: C
        expr: up == 1
"""
    assert (
        imported(text)
        == """\
groups:
  - name: a
    # not kept, from cart.yml:4:
    # Thanos only
    # partial_response_strategy: warn  # not abort
    # of the rules
    rules:
      - alert: A
        expr: up == 0
        # of the labels
        labels:
          c: d
        # not kept, from cart.yml:14:
        # of a bad name
        # a-b: x  # x
        # not kept, from cart.yml:10:
        # why five
        # fro: 5m  # five
      # not kept, from cart.yml:17:
      # of no rule
      # - alert: B
      #   record: b
      #   expr: up
      # of no name
      # of the next
      - alert: C
        expr: up == 1
"""
    )


def test_characters_that_no_source_may_hold_are_shown():
    assert "# odd \\ufeff\n" in imported("groups:\n# odd \ufeff\n- {name: a, rules: [{alert: A, expr: up}]}\n")
    given = Given("folder/odd \udcff\n\x1b.yml", b"groups: [{name: a, x: 1, rules: [{alert: A, expr: up}]}]")
    result = importer("prometheus").read([given], Options())
    assert "# not kept, from odd \\udcff\n    # \\u001b.yml:1:\n" in "".join(map(render, result.sources.values()))


@given(RULE_FILES, st.randoms(use_true_random=False))
def test_comments_on_lines_of_their_own_are_never_lost(groups, random):
    lines = written(groups, STYLE).splitlines()
    kept = []
    for number, line in enumerate(lines):
        starts = line.lstrip(" -").split(":")[0] in ("alert", "record", "name", "labels", "rules", "for", "groups")
        if starts and random.random() < 0.5:
            kept.append(f"# comment {number}")
            lines[number] = f"{' ' * random.randrange(6)}{kept[-1]}\n{line}"
    out = imported("\n".join(lines) + "\n")
    assert [each for each in kept if each not in out.split("\n") and f" {each}" not in out] == []
