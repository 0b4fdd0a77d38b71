"""`tocsin import`: turns what a team already has into sources, never over one that is there."""

from __future__ import annotations

import argparse
import glob
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.analysis.severity import PAGE
from generator.catalog import Catalog, load
from generator.commands.importing.write import Writing
from generator.commands.progress import Progress
from generator.commands.scaffold import checked_id
from generator.commands.workspace import add_now, present, root_of
from generator.documents.stream import LIMIT
from generator.errors import Exit, NothingToDo, UsageError
from generator.findings import did_you_mean
from generator.git import work_tree
from generator.importers import Given, Importer, Options, importer, known

EXAMPLES = """kinds:
{kinds}

examples:
  tocsin import prometheus /etc/prometheus/rules        every rule file in the folder
  tocsin import prometheus 'rules/*.yml' --dry-run      shows what would be written
  tocsin import prometheus cart.rules.yml --service cart --team shop --stub-runbooks
  tocsin import sloth slos/ --team shop                 every Sloth file in the folder; a service has one source
  tocsin import openslo 'specs/**/*.yaml' --dry-run     SLOs and what they refer to have to be given together
  tocsin import pyrra slos.yaml --into shop             below alerts/shop/
  tocsin import pagerduty saved/*.json                  answers of the API, in any mixture
  tocsin import pagerduty infrastructure/ --dry-run     its .tf files, and .json beside them
  tocsin import pagerduty --live                        asks the account itself, and changes nothing there
  tocsin import ical on-call.ics --team shop            a calendar whose events name who is on call
  tocsin import cstate ../status-site                   a cState site: its systems and issues
  tocsin import statuspage summary.json incidents.json  a status page's public JSON, files of /api/v2/

One source file a service, team or incident; one that is there already is kept as it is. What could not be kept is
named by file and line, and of alerts it stays in the source as a comment. --live takes its token from PAGERDUTY_TOKEN
alone.

exit status: 0 everything was kept, 1 something was not, 2 wrong use, 3 there was nothing to import"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES.format(kinds="\n".join(f"  {each:<12} {importer(each).summary}" for each in known()))
    parser.add_argument("kind", metavar="KIND", help="what the files are, see below")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files, folders and patterns")
    parser.add_argument("--live", action="store_true", help="of pagerduty: ask the account instead of files")
    parser.add_argument("--dry-run", action="store_true", help="show what would be written, and write nothing")
    parser.add_argument("--service", metavar="ID", help="one service for everything (default: one a file)")
    parser.add_argument(
        "--team", metavar="ID", help="the team that answers for the services, or gets schedules of none"
    )
    parser.add_argument("--into", metavar="DIR", help="a folder below alerts/ for the service files")
    parser.add_argument("--stub-runbooks", action="store_true", help="write a stub for every runbook that is missing")
    add_now(parser)


def run(arguments: argparse.Namespace) -> Exit:
    """Reads everything, then writes, then says what could not be kept."""
    chosen = _chosen(arguments.kind)
    root = root_of(arguments)
    catalog = load(work_tree(root))
    options = _options(arguments, catalog)
    progress = Progress()
    given = _given(arguments, chosen, catalog, progress)
    progress.step(f"importing {len(given)} files")
    imported = chosen.read(given, options)
    writing = Writing(root, catalog, imported, given, arguments, chosen.next_steps)
    progress.step(f"writing {len(imported.sources)} sources")
    lines = list(writing.run())
    progress.done()
    sys.stdout.write("".join(lines))
    sys.stderr.write(writing.next_steps)
    return writing.status


def _chosen(name: str) -> Importer:
    if name not in known():
        kinds = f"kinds are {', '.join(known())}"
        raise UsageError(f"there is nothing to import '{name}' with", did_you_mean(name, known()) or kinds)
    return importer(name)


def _options(arguments: argparse.Namespace, catalog: Catalog) -> Options:
    service, team = (checked_id(each) if each is not None else None for each in (arguments.service, arguments.team))
    parts = [checked_id(part) for part in (arguments.into or "").strip("/").split("/") if part]
    if parts[:1] == ["alerts"]:
        parts = parts[1:]
    urgencies = {each.id: each.urgency for each in catalog.severities}
    page = tuple(name for name, urgency in urgencies.items() if urgency == PAGE)
    ticket = tuple(name for name in urgencies if name not in page)
    return Options(service, team, "/".join(("alerts", *parts)), page, ticket, catalog, present(arguments))


def _given(arguments: argparse.Namespace, chosen: Importer, catalog: Catalog, progress: Progress) -> list[Given]:
    """The files, or what the account says where it is asked itself."""
    if not arguments.live and not arguments.files:
        raise UsageError("the following arguments are required: FILE", "see tocsin import --help")
    if not arguments.live:
        return list(_read(_paths(arguments.files, chosen), chosen, progress))
    if chosen.name != "pagerduty" or arguments.files:
        raise UsageError("--live is for pagerduty, and instead of files")
    from generator.integrations.pagerduty import connect, whole_account

    with connect(catalog) as api:
        return [Given(path, raw) for path, raw in whole_account(api, progress.step)]


def _paths(named: Iterable[str], chosen: Importer) -> list[Path]:
    """The files meant, each once: as named, a folder's and a pattern's in the order of their names."""
    found = list(dict.fromkeys(path for name in named for path in _expanded(name, chosen)))
    if not found:
        raise NothingToDo("there is nothing to import", f"looked for files that end in {', '.join(chosen.suffixes)}")
    return found


def _expanded(name: str, chosen: Importer) -> Iterator[Path]:
    path = Path(name)
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from _in_folder(path, chosen)
    else:
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  # an absolute pattern too
        if not matches:
            raise UsageError(f"there is no {name}")
        for each in map(Path, matches):
            yield from _in_folder(each, chosen) if each.is_dir() else [each]


def _in_folder(folder: Path, chosen: Importer) -> Iterator[Path]:
    """Files with a suffix of the kind, hidden ones left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in chosen.suffixes and not hidden and path.is_file():
            yield path


def _read(paths: Sequence[Path], chosen: Importer, progress: Progress) -> Iterator[Given]:
    for number, path in enumerate(paths, 1):
        progress.step(f"reading {number} of {len(paths)} files")
        with path.open("rb") as file:  # a device has no end
            given = Given(path.as_posix(), file.read(LIMIT + 1))
        if chosen.is_yaml:
            given.stream  # noqa: B018  # the slow part, done while it can be counted
        yield given
