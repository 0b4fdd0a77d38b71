"""What of a line somebody wrote, and what are marks, labels and comments."""

from __future__ import annotations

import re

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RULE = re.compile(r"[\s|:*_>+-]*")
_LABEL = re.compile(r"[ \t]*[-*+]?[ \t]*(?:(?:\*\*|__)[^*_]{1,60}(?:\*\*|__)[ \t]*:?|[^\W\d_][\w ]{0,38}:)[ \t]*")


def says(line: str) -> bool:
    """Whether a line holds more than marks and a label; headings of sections say nothing."""
    if is_rule(line) or line.lstrip().startswith("##"):
        return False
    label = _LABEL.match(line)
    return not (label and is_rule(line[label.end() :]))


def is_rule(line: str) -> bool:
    """Whether a line holds nothing but marks: blank, a rule, the line below a table's head."""
    return _RULE.fullmatch(line) is not None
