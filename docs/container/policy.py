"""Prints a Content-Security-Policy for the pages of a folder, as nginx wants it: python3 policy.py build/site.

The theme has a few short scripts in its pages. Each may run by its hash; one that somebody smuggled in may not.
"""  # noqa: INP001  # a program of its own

import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path


class Scripts(HTMLParser):
    """The scripts that stand in a page itself."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: set[str] = set()
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Data that is no script needs no leave."""
        attributes = dict(attrs)
        self._inside = tag == "script" and "src" not in attributes and attributes.get("type") != "application/json"

    def handle_data(self, data: str) -> None:
        """The text of a script comes in one piece."""
        if self._inside:
            self.found.add(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  # its parent calls it so
        """The script is over."""
        self._inside = False


def policy(folder: Path) -> str:
    """All that the pages need, and nothing from elsewhere."""
    pages = sorted(folder.rglob("*.html"))
    scripts = sorted({each for page in pages for each in Scripts(page.read_text("utf-8")).found})
    hashes = "".join(f" 'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in scripts)
    return (
        f"default-src 'none'; script-src 'self'{hashes}; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


if __name__ == "__main__":
    print(f'add_header Content-Security-Policy "{policy(Path(sys.argv[1]))}" always;')  # noqa: T201
