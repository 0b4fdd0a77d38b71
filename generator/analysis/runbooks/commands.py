"""What is wrong with the commands of a runbook: steps without one, and placeholders that nobody declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.analysis.runbooks import shell
from generator.analysis.runbooks.outline import Item, Outline
from generator.analysis.runbooks.sections import diagnosis
from generator.analysis.runbooks.shell import Placeholder, Script

_INLINE = re.compile(r"(`+)[^`\n]*[^`\n\s][ \t][^`\n]*\1")


def without_command(outline: Outline) -> Iterator[Item]:
    """The steps of the diagnosis that give nothing to type: no block, and no command of two words inside the text."""
    lines = [block.line for block in outline.blocks]
    for start, end in diagnosis(outline):
        for item in outline.items:
            if start < item.line < end and outline.item_of(item.line) is item:
                text = "\n".join(outline.lines[item.line - outline.first : item.end - outline.first])
                if not any(item.line < line <= item.end for line in lines) and not _INLINE.search(text):
                    yield item


def scripts(outline: Outline) -> tuple[Script, ...]:
    """What is typed of the blocks for a shell."""
    return tuple(shell.script(block) for block in outline.blocks if shell.is_shell(block))


def undeclared(outline: Outline, parameters: Mapping[str, str]) -> Iterator[Placeholder]:
    """Each placeholder once that is no parameter, and that neither its block nor one above it sets."""
    known = {name.upper() for name in parameters}
    told: set[str] = set()
    above: list[str] = []
    for typed in scripts(outline):
        above.append(typed.text)
        if "<" not in typed.text and "{{" not in typed.text and shell.mentioned(typed.text) <= known:
            continue
        if any(map(shell.sources, above)):
            return  # another script may set anything
        known.update(name for text in above for name in shell.sets(text))
        above.clear()
        for each in shell.placeholders(typed):
            if each.written not in told and not (each.written.startswith("$") and each.name in known):
                told.add(each.written)
                yield each


def parameter(name: str) -> str:
    """A placeholder as the name of a parameter: `pod-name` → `pod_name`."""
    words = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    return words if words[:1].isalpha() else f"value_{words}".rstrip("_")
