"""Text as HCL writes it, and what it means."""

from __future__ import annotations

import re
import textwrap

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}
_LAST = 0x10FFFF
_HEREDOC = re.compile(r"<<(-?)[^\n]*\n(.*?)[ \t]*[A-Za-z][\w.-]*\s*\Z", re.DOTALL)


def written(part: str) -> str:
    """What stands between quotes as the text that it means."""
    plain = part.replace("$${", "${").replace("%%{", "%{") if part.startswith(("$${", "%%{")) else part
    return _ESCAPE.sub(_unescaped, plain)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if not code:
        return _SHORT.get(found[3], found[3])
    number = int(code, 16)
    return "\ufffd" if number > _LAST or 0xD800 <= number < 0xE000 else chr(number)


def heredoc(token: str) -> str | None:
    """The text of a here document; None where something is put into it."""
    found = _HEREDOC.fullmatch(token.replace("\r\n", "\n"))
    if found is None or re.search(r"(?<!\$)\$\{|(?<!%)%\{", found[2]):
        return None
    body = textwrap.dedent(found[2]) if found[1] else found[2]
    return body.replace("$${", "${").replace("%%{", "%{")
