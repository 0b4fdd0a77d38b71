"""Parsers of actions whose options may stand between their words: `update identified --push "We found it"`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any


def mixed(parent: type[argparse.ArgumentParser]) -> type[argparse.ArgumentParser]:
    """A class of parsers like another one, for `add_subparsers(parser_class=…)`."""

    class Mixed(parent):  # type: ignore[valid-type,misc]  # whatever the class of the program's parsers is
        """Collects the words from everywhere between the options."""

        _inside = False

        def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:
            if self._inside:
                return super().parse_known_args(args, namespace)
            self._inside = True
            try:
                return self.parse_known_intermixed_args(args, namespace)
            finally:
                self._inside = False

    return Mixed
