"""The provider's own description of its resources, as a judge: what it would refuse, and what it calls deprecated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.renames import Past
from generator.catalog import Catalog
from generator.targets.terraform import _FILES
from generator.targets.terraform.hcl import Attribute, Block, Expression, Item, Value
from generator.targets.terraform.moves import imports, past_blocks

PROVIDER: Mapping[str, Any] = json.loads((Path(__file__).parent / "provider-3.32.4.json").read_text(encoding="utf-8"))
_META = {"depends_on": "list"}
_LIFECYCLE = {"create_before_destroy", "ignore_changes"}


def items(catalog: Catalog, now: Any, past: Past = Past()) -> list[Item]:  # noqa: B008  # frozen
    """Everything that is written, before it is text."""
    account = Account(catalog, now)
    found = [item for _, write, _ in _FILES for item in write(account)]
    return [*found, *imports(account, past), *past_blocks(account, past)]


def faults(written: Iterable[Item]) -> list[str]:
    """What the provider would say about the resources and look-ups."""
    return [
        f"{'.'.join(item.labels)}: {fault}"
        for item in written
        if isinstance(item, Block) and item.type in {"resource", "data"}
        for fault in _block(item.body, _described(item))
    ]


def _described(block: Block) -> Mapping[str, Any]:
    kind = "resources" if block.type == "resource" else "data_sources"
    described: Mapping[str, Any] = PROVIDER[kind][block.labels[0]]
    return described.get("attributes", described)


def _block(body: Iterable[Item], described: Mapping[str, Any]) -> Iterator[str]:
    attributes = {item.name: item.value for item in body if isinstance(item, Attribute)}
    blocks = [item for item in body if isinstance(item, Block)]
    for name, value in attributes.items():
        if name not in _META:
            yield from _attribute(name, value, described.get(name))
    for block in blocks:
        if block.type != "lifecycle":
            yield from _nested(block, described.get(block.type))
    yield from _counts(attributes, Counter(block.type for block in blocks), described)


def _attribute(name: str, value: Value, described: Mapping[str, Any] | None) -> Iterator[str]:
    if described is None:
        yield f"{name} is not known"
    elif "block" in described or described["is"] == "computed":
        yield f"{name} cannot be set"
    elif described.get("deprecated"):
        yield f"{name} is deprecated"
    elif not _fits(value, described["type"]):
        yield f"{name} is {value!r}, not {described['type']}"


def _nested(block: Block, described: Mapping[str, Any] | None) -> Iterator[str]:
    if described is None or "block" not in described:
        yield f"there is no block {block.type}"
    else:
        yield from (f"{block.type}: {fault}" for fault in _block(block.body, described["attributes"]))


def _counts(attributes: Mapping[str, Value], blocks: Counter[str], described: Mapping[str, Any]) -> Iterator[str]:
    for name, each in described.items():
        if isinstance(each, dict) and each.get("is") == "required" and name not in attributes:
            yield f"{name} is missing"
        if isinstance(each, dict) and "block" in each:
            limit = 1 if each["block"] == "single" else each.get("max_items", 100)
            if not each.get("min_items", 0) <= blocks[name] <= limit:
                yield f"{blocks[name]} blocks {name}"


def _fits(value: Value, kind: Any) -> bool:
    if isinstance(value, Expression):
        return True
    if isinstance(kind, list):
        return isinstance(value, list) and all(_fits(each, kind[1]) for each in value)
    return isinstance(value, {"string": str, "number": int, "bool": bool}[kind])
