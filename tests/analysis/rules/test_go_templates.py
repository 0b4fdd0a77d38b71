from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.rules.go_templates import literal_text


def expand(template: str) -> str:
    """What Go makes of it, as far as string constants go: the first `{{` opens, the next `}}` closes."""
    made, rest = "", template
    while "{{" in rest:
        before, _, rest = rest.partition("{{")
        constant = re.match(r' "(\{+)" \}\}', rest)
        assert constant
        made, rest = made + before + constant[1], rest[constant.end() :]
    return made + rest


@given(text=st.text(st.sampled_from('{} $a-"\n')), after=st.text(st.sampled_from("{} b")))
def test_text_expands_to_itself_also_before_other_text(text, after) -> None:
    assert expand(literal_text(text) + literal_text(after)) == text + after
    assert not literal_text(text).endswith("{")
