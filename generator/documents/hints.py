"""The words of findings about schemas: what a value is called, and what the schema itself says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.documents.yaml import shorten
from generator.findings import Pointer

LIMIT = 20
"""How many findings of one file are shown: the first ones explain the rest."""
CONTAINERS = frozenset({"properties", "patternProperties", "prefixItems"})
"""Keywords that hold schemas by name or by number, and are none themselves."""
WORDS = {None: "nothing", True: "true", False: "false"}


def name(pointer: Pointer) -> str:
    """What people call the value: its key, `people[2]`, or `the file`."""
    keys = [n for n, step in enumerate(pointer) if isinstance(step, str)]
    if not pointer:
        return "the file"
    start = keys[-1] if keys else 0
    head = pointer[start] if keys else "entry"
    return str(head) + "".join(f"[{step}]" for step in pointer[start + bool(keys) :])


def plain(value: Any) -> str:
    """A value as people would write it, cut where it is long."""
    return WORDS[value] if value is None or isinstance(value, bool) else shorten(str(value))


def listed(words: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def descriptions(contents: Mapping[str, Any], path: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """The schemas of one value that a path through the schema passes, the last one first."""
    nodes: list[Mapping[str, Any]] = []
    node: Any = resolved(contents, contents)
    above = ""
    for step in path:
        named = above in ("properties", "patternProperties", "prefixItems")
        node = resolved(contents, get(node, step))
        if named or (step in ("items", "additionalProperties") and isinstance(node, Mapping)):
            nodes = []
        if isinstance(node, Mapping) and (named or step not in CONTAINERS):
            nodes.append(node)
        above = "" if named else str(step)
    yield from reversed(nodes or [contents])


def get(node: Any, step: Any) -> Any:
    """One step into a schema, or None."""
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def resolved(contents: Mapping[str, Any], node: Any) -> Any:
    """The schema with all that its local `$ref` leads to; what it says itself counts first."""
    for _ in range(10):  # a $ref may lead to another one, and a careless schema round in a circle
        target = node.get("$ref") if isinstance(node, Mapping) else None
        if not isinstance(target, str) or not target.startswith("#/"):
            break
        found: Any = contents
        for step in target[2:].split("/"):
            found = get(found, step.replace("~1", "/").replace("~0", "~"))
        node = {**(found if isinstance(found, Mapping) else {}), **{k: v for k, v in node.items() if k != "$ref"}}
    return node


def words_of(schemas: Iterable[Any], key: str = "") -> str:
    """A hint from the first description (else title) and the first examples among the schemas."""
    known = [each for each in schemas if isinstance(each, Mapping)]
    about = next((str(each[word]) for word in ("description", "title") for each in known if each.get(word)), "")
    examples: list[Any] = next((each["examples"] for each in known if each.get("examples")), [])
    simple = [shorten(plain(each)) for each in examples if not isinstance(each, list | dict)][:2]
    example = f"for example {' or '.join(f'{key}: {each}' if key else each for each in simple)}" if simple else ""
    return "; ".join(filter(None, (about.strip().rstrip("."), example)))


def known_keys(contents: Mapping[str, Any], schema: Any, depth: int = 0) -> set[str]:
    """The keys that a schema speaks of, in its alternatives too."""
    if not isinstance(schema, Mapping) or depth > 10:
        return set()
    found = set(schema.get("properties", {}))
    parts = [part for word in ("allOf", "anyOf", "oneOf") for part in schema.get(word, ())]
    parts += [schema[word] for word in ("if", "then", "else") if word in schema]
    parts += list(schema.get("dependentSchemas", {}).values())
    if "$ref" in schema:
        parts.append(resolved(contents, {"$ref": schema["$ref"]}))
    return found.union(*(known_keys(contents, part, depth + 1) for part in parts))
