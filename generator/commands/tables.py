"""Tables on a terminal: columns of one width each, for people and for grep."""

from __future__ import annotations

from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], words: int | None = None) -> list[str]:
    """Rows as lines. After the first `words` columns (all by default), those whose last cell is a number stand right.

    Control characters of names end no line.
    """
    clean = [["".join(c if c.isprintable() else " " for c in cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*clean, strict=True)] if clean else []
    right = [words is not None and column >= words and _numeric(rows[-1][column]) for column in range(len(widths))]
    return [
        "  ".join(
            cell.rjust(width) if at_right else cell.ljust(width)
            for cell, width, at_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in clean
    ]


def _numeric(cell: str) -> bool:
    return cell[:1].isdigit() or cell == "-"
