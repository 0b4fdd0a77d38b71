"""Text in places that Prometheus and Alertmanager expand as Go templates."""

from __future__ import annotations

import json
import re

# A brace at the end would join one that follows the text.
_OPENING = re.compile(r"\{{2,}|\{\Z")


def literal_text(text: str) -> str:
    """A template that expands to the text itself."""
    if "{" not in text:
        return text
    return _OPENING.sub(lambda match: f'{{{{ "{match[0]}" }}}}', text)


def go_string(text: str) -> str:
    """A string inside a template's action."""
    return json.dumps(text, ensure_ascii=False)
