"""Files in the shapes that are found in the wild: nothing is lost, comments included, and all of it means the same."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import main
from generator.documents.stream import read_stream
from generator.importers import Given, Options, importer
from generator.importers.comments import attach
from generator.importers.write import render
from tests.importers.server import SETTINGS, meaning, rules_of

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.iterdir())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_comment_and_every_rule_is_kept(path: Path):
    given = Given(path.name, path.read_bytes())
    imported = importer("prometheus").read([given], Options())
    assert not attach(imported.sources.values(), [given.stream])
    text = "".join(map(render, imported.sources.values()))
    missing = [comment.text for comment in given.stream.comments if comment.text not in text]
    assert not missing
    assert not [note for note in imported.notes if note.level.value != "note"]
    written = [
        rule
        for source in yaml.safe_load_all("---\n".join(map(render, imported.sources.values())))
        for group in source["groups"]
        for rule in group["rules"]
    ]
    assert Counter(map(name, written)) == Counter(map(name, rules_in(path)))


def name(rule: dict[str, Any]) -> str:
    return str(rule.get("alert") or rule.get("record"))


def groups_in(data: Any) -> Iterator[dict[str, Any]]:
    """Rule groups anywhere in the data, texts that are files included."""
    if isinstance(data, str) and data.lstrip().startswith(("groups:", "# kept")):
        yield from groups_in(yaml.load(data, yaml.BaseLoader))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from value if key == "groups" else groups_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from groups_in(value)


def rules_in(path: Path) -> list[dict[str, Any]]:
    documents = list(yaml.load_all(path.read_text(), FullText))
    return [rule for document in documents for group in groups_in(document) for rule in group["rules"]]


class FullText(yaml.SafeLoader):
    """Merge keys and nulls as Prometheus' reader knows them, whole numbers, and every other scalar as text."""


FullText.yaml_implicit_resolvers = {
    first: [each for each in rules if each[0].rsplit(":", 1)[-1] in ("merge", "null")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
FullText.add_constructor("tag:yaml.org,2002:int", yaml.SafeLoader.construct_scalar)


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("prometheus") is None, reason="needs prometheus: run .ci/tools")
def test_they_mean_the_same(tmp_path: Path):
    before, after = [], []
    for path in FILES:
        groups = [group for document in yaml.load_all(path.read_text(), FullText) for group in groups_in(document)]
        for group in groups:
            group |= {"limit": int(group.get("limit", 0))}
        before.append(tmp_path / f"{path.name}.before")
        before[-1].write_text(yaml.safe_dump({"groups": groups}))
    root = tmp_path / "repository"
    root.mkdir()
    (root / "tocsin.yaml").write_text(SETTINGS)
    assert main(["-C", str(root), "import", "prometheus", str(CASES)]) == 0
    assert main(["-C", str(root), "build", "--target", "prometheus"]) == 0
    after = list((root / "build" / "prometheus" / "rules").iterdir())
    said = rules_of(tmp_path / "server", [*before, *after])
    original = sorted((group for path in before for group in said[path]), key=lambda group: group["name"])
    rebuilt = sorted((group for path in after for group in said[path]), key=lambda group: group["name"])
    assert meaning(rebuilt, original) == meaning(original)


def test_the_cases_have_comments_where_they_are_hard():
    assert sum(len(read_stream(path.name, path.read_bytes()).comments) for path in FILES) >= 8
