"""`tocsin init`: a repository that checks and builds from the first minute. What is there already is kept."""

from __future__ import annotations

import argparse
import json
from datetime import datetime
from pathlib import Path

from generator import __version__
from generator.commands.scaffold import checked_id, dated, fill, monday, title_of, titled, write_new
from generator.commands.workspace import add_now, present
from generator.errors import Exit, UsageError
from generator.kinds import KINDS
from generator.kinds.names import camel_case, kebab_case
from generator.resources import shipped

EXAMPLES = """examples:
  tocsin init                                   in this folder
  tocsin init incidents --service checkout --team payments
  cd incidents && tocsin check && tocsin build

Files that are there already are kept as they are."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("directory", nargs="?", metavar="DIR", help="where (default: the folder of -C, else here)")
    parser.add_argument("--name", default="Example", help="name of your organisation or product")
    parser.add_argument("--service", default="web", help="id of the first service (default: web)")
    parser.add_argument("--team", default="platform", help="id of the first team (default: platform)")
    parser.add_argument("--people", default="alice,bob", help="ids of people, by commas; the last leads")
    parser.add_argument("--time-zone", default="Etc/UTC", help="IANA zone of your times (default: Etc/UTC)")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Writes what is missing, and says what comes next."""
    root = Path(arguments.folder) / (arguments.directory or "")
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is not a folder")
    files = repository(arguments, present(arguments))
    root.mkdir(parents=True, exist_ok=True)
    written = [path for path, text in files.items() if write_new(root.resolve(), path, text)]
    for path in files:
        print(f"{'wrote' if path in written else 'kept '} {path}")
    into = f"-C {arguments.directory} " if arguments.directory else ""
    print(f"{len(written)} written, {len(files) - len(written)} kept. Next: tocsin {into}check && tocsin {into}build")
    return Exit.WELL


def repository(arguments: argparse.Namespace, now: datetime) -> dict[str, str]:
    """Path → text of the whole repository."""
    from generator import times

    try:
        times.zone(arguments.time_zone)
    except ValueError as refusal:
        raise UsageError(f"--time-zone: {refusal}") from None
    return {**_sources(arguments, now), **_around(arguments), **editor()}


def _sources(arguments: argparse.Namespace, now: datetime) -> dict[str, str]:
    service, team = checked_id(arguments.service), checked_id(arguments.team)
    people = [checked_id(name.strip()) for name in arguments.people.split(",")]
    day, zone = now.date().isoformat(), arguments.time_zone
    camel = camel_case(service)
    head, *tail = (fill("new/people.yaml", id=person, title=title_of(person)) for person in people)
    entries = [text.partition("\n")[2] for text in tail]
    runbook = (shipped("runbooks/templates") / "runbook.md").read_text(encoding="utf-8")
    return {
        "tocsin.yaml": fill("new/settings.yaml", title=arguments.name, zone=zone),
        f"alerts/{service}.yaml": fill("new/service.yaml", id=service, title=title_of(service), team=team, camel=camel),
        "alerts/severity-map.yaml": fill("new/severity-map.yaml"),
        "schedules/people.yaml": head + "".join(entries),
        f"schedules/{team}.yaml": fill(
            "new/schedule.yaml",
            id=team,
            title=f"{title_of(team)} Team",
            people=people,
            lead=people[-1],
            zone=zone,
            date=monday(now.date()).isoformat(),
        ),
        f"runbooks/{kebab_case(camel + 'HighErrorRate')}.md": dated(
            titled(runbook.replace("my-app", service), f"{title_of(service)} answers with errors"), now
        ),
        "status/components.yaml": fill(
            "new/components.yaml", id=service, title=title_of(service), services=[service], date=day
        ),
    }


def _around(arguments: argparse.Namespace) -> dict[str, str]:
    """Templates for what comes, the site's settings, hooks and workflows."""
    files = {
        f"{folder}/templates/{path.name}": path.read_text(encoding="utf-8")
        for folder in ("runbooks", "postmortems")
        for path in sorted(shipped(f"{folder}/templates").glob("*.md"))
    }
    return {
        **files,
        "mkdocs.yml": shipped("mkdocs.yml").read_text(encoding="utf-8"),
        "README.md": fill("init/README.md", name=arguments.name),
        ".gitignore": fill("init/gitignore"),
        ".pre-commit-config.yaml": fill("init/pre-commit.yaml"),
        ".github/workflows/tocsin.yaml": fill("init/workflow.yaml", version=__version__),
    }


def editor() -> dict[str, str]:
    """The schemas, and settings that map paths to them for VS Code's YAML extension (and what reads its settings)."""
    schemas = sorted(shipped("schemas").glob("*.schema.json"))
    files = {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in schemas}
    associations = {f"./schemas/{kind.name}.schema.json": list(kind.globs) for kind in KINDS if kind.globs}
    associations["./schemas/settings.schema.json"] = ["tocsin.yaml"]
    contents = {"yaml.schemas": associations, "yaml.yamlVersion": "1.2"}
    files[".vscode/settings.json"] = json.dumps(contents, indent=2) + "\n"
    files[".vscode/extensions.json"] = json.dumps({"recommendations": ["redhat.vscode-yaml"]}, indent=2) + "\n"
    return files
