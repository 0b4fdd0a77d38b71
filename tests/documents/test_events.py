"""Texts on which the events come in an order that hardly anybody writes."""

from __future__ import annotations

import pytest

from generator.documents.read import read_document


@pytest.mark.parametrize(
    "text", ["{{{}", "{{}: , }", "[{{}", "{? {} : }", "{[]: , a: }", "a: {{}: }", "{{", "? {}\n: \n"]
)
def test_braces_that_begin_with_a_map_give_findings(text):
    assert read_document("status/components.yaml", text.encode())[1]
