"""Texts on which the events come in an order that hardly anybody writes."""

from __future__ import annotations

import pytest

from generator.documents.read import read_document


@pytest.mark.parametrize(
    "text", ["{{{}", "{{}: , }", "[{{}", "{? {} : }", "{[]: , a: }", "a: {{}: }", "{{", "? {}\n: \n"]
)
def test_braces_that_begin_with_a_map_give_findings(text):
    assert read_document("status/components.yaml", text.encode())[1]


@pytest.mark.parametrize("text", ["---\n---\nname: x\n", "# a\n---\n# b\n---\nname: x\n", "null\n---\n"])
def test_what_stands_behind_an_empty_document_is_not_passed_over(text):
    (finding,) = read_document("tocsin.yaml", text.encode())[1]
    assert finding.check == "source/multiple-documents"
