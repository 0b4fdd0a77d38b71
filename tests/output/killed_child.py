"""The program that `test_killed` kills: writes two generations of the same files in turns, until somebody ends it."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from generator.artifacts import Artifact
from generator.output import write


def generation(number: int) -> list[Artifact]:
    content = bytes([ord("0") + number]) * 300_000
    return [Artifact(f"{name}.txt", content, ()) for name in range(20)]


def main() -> None:
    out = Path(sys.argv[1])
    print("writing", flush=True)  # noqa: T201 - the signal that the killing may begin
    for number in count():
        write({"a": generation(number % 2)}, out, now=None, targets=["a"], tool_version="1")


if __name__ == "__main__":
    main()
