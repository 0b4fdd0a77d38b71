"""`tocsin metrics`: the names of the metrics that a live Prometheus has, as a file that queries are held against."""

from __future__ import annotations

import argparse
import base64
import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from generator.analysis.prometheus.environments import Environment, environments
from generator.analysis.prometheus.known_metrics import NAME, parse_known_metrics
from generator.analysis.prometheus.settings import PROMETHEUS
from generator.catalog import load
from generator.commands.progress import Progress
from generator.commands.workspace import root_of
from generator.errors import Exit, NothingToDo, UsageError
from generator.files import put
from generator.findings import did_you_mean
from generator.git import work_tree
from generator.integrations.prometheus_api import Server, metric_names
from generator.kinds import kind_of
from generator.settings import PATH

DEFAULT = "alerts/known-metrics.txt"
TOKEN = "TOCSIN_PROMETHEUS_TOKEN"  # noqa: S105  # where a token is, not one
BASIC = "TOCSIN_PROMETHEUS_BASIC"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
EXAMPLES = f"""examples:
  tocsin metrics pull http://localhost:9090
  tocsin metrics pull https://prometheus.example.com --token-file /run/secrets/prometheus
  {BASIC}=me:secret tocsin metrics pull https://mimir.example.com/prometheus
  tocsin metrics pull https://prometheus-eu.example.com --environment eu

It writes the file that prometheus.metrics in tocsin.yaml names (default: {DEFAULT}), one name a line, sorted;
tocsin check then knows a misspelt metric. A secret is read from a file, or from {TOKEN} or
{BASIC} (user:password), and is never an argument: everybody on the machine sees those."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.epilog = EXAMPLES
    parser.add_argument("action", choices=("pull",), help="pull: ask the server, and write the file")
    parser.add_argument("url", metavar="URL", help="address of the server, with its path where it has one")
    parser.add_argument("--environment", metavar="NAME", help="of which environment of tocsin.yaml the server is")
    parser.add_argument("--token-file", metavar="FILE", help="a file with a bearer token")
    parser.add_argument("--basic-file", metavar="FILE", help="a file with user:password")
    parser.add_argument("--timeout", type=float, default=30.0, metavar="S", help="seconds it may take (default: 30)")


def run(arguments: argparse.Namespace) -> Exit:
    """Asks, and writes what changed."""
    url = _address(arguments.url)
    root = root_of(arguments)
    server = _environment(root, arguments.environment)
    said = server.catalog.settings.get(PROMETHEUS).metrics
    place = _place(root, said or DEFAULT)
    progress = Progress()
    progress.step(f"asking {url}")
    try:
        names = metric_names(Server(url, _authorization(arguments, url), _timeout(arguments.timeout)))
    finally:
        progress.done()
    _write(place, said or DEFAULT, url, names)
    if said is None:
        key = f"environments: {{{server.name}: {{metrics: {DEFAULT}}}}}" if server.name else ""
        print(f"nothing reads it yet: write {key or f'prometheus: {{metrics: {DEFAULT}}}'} into {PATH}")
    return Exit.WELL


def _address(written: str) -> str:
    """The address without a slash at its end; whatever is in it, a password is not repeated."""
    try:
        parts = urlsplit(written)
        known = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        known, parts = False, urlsplit("")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise UsageError("the URL holds a user or a password", "write them into a file: --basic-file FILE")
    if (
        not known
        or parts.query
        or parts.fragment
        or not written.isascii()
        or not written.isprintable()
        or " " in written
    ):
        raise UsageError("the URL is none of a server", "write it like https://prometheus.example.com")
    return written.rstrip("/")


def _environment(root: Path, name: str | None) -> Environment:
    found = {each.name: each for each in environments(load(work_tree(root)))}
    wanted = name or ""
    if wanted not in found:
        known = ", ".join(filter(None, found)) or f"{PATH} names none"
        raise UsageError(f"there is no environment '{wanted}'", did_you_mean(wanted, found) or f"environments: {known}")
    return found[wanted]


def _place(root: Path, path: str) -> Path:
    """Where the file is; never outside of the repository, through a symlink, or over a source."""
    place = root / path
    inside = not Path(path).is_absolute() and ".." not in Path(path).parts and Path(path).parts[:1] != (".git",)
    if not inside or kind_of(path) is not None or path == PATH:
        raise UsageError(f"{path} is no place for the known metrics", f"a text file of the repository is, as {DEFAULT}")
    for each in (place, *place.parents):
        if each == root:
            break
        if each.is_symlink():
            raise UsageError(f"{each.relative_to(root)} is a symlink: nothing is written through it")
    return place


def _timeout(seconds: float) -> float:
    if not 0 < seconds <= 3600:
        raise UsageError("--timeout is a number of seconds, up to 3600")
    return seconds


def _authorization(arguments: argparse.Namespace, url: str) -> str | None:
    """The value of the header: what was asked for by an option, else what the environment holds."""
    if arguments.token_file and arguments.basic_file:
        raise UsageError("--token-file and --basic-file exclude each other")
    token = _secret(arguments.token_file, "" if arguments.basic_file else TOKEN)
    basic = _secret(arguments.basic_file, "" if token else BASIC)
    if (token or basic) and url.startswith("http:") and urlsplit(url).hostname not in LOOPBACK:
        print("tocsin: warning: the secret goes over http, where others can read it", file=sys.stderr)
    if token:
        return f"Bearer {token}"
    return f"Basic {base64.b64encode(basic.encode()).decode()}" if basic else None


def _secret(file: str | None, variable: str) -> str:
    """One line, as it stands in a file or a variable; empty where there is neither."""
    try:
        text = Path(file).read_text(encoding="utf-8") if file else os.environ.get(variable, "")
    except UnicodeDecodeError:
        raise UsageError(f"{file} holds no text") from None
    secret = text.strip()
    if (file and not secret) or not secret.isprintable() or not secret.isascii():
        raise UsageError(f"{file or variable} holds no secret that could be sent", "one line of ASCII is expected")
    return secret


def _write(place: Path, path: str, url: str, names: tuple[str, ...]) -> None:
    kept = [name for name in names if NAME.fullmatch(name)]
    if not kept:
        raise NothingToDo(f"{url} has no metrics: nothing was written")
    before = _before(place)
    text = f"# The metrics of {url}, one a line. Written by tocsin metrics pull.\n" + "".join(f"{n}\n" for n in kept)
    more, fewer = len(set(kept) - before), len(before - set(kept))
    put(place, text.encode("utf-8"))
    print(f"wrote {path}: {len(kept)} names, {more} of them new, {fewer} gone")
    if len(kept) < len(names):
        print(f"tocsin: left out {len(names) - len(kept)} names that no line can hold", file=sys.stderr)


def _before(place: Path) -> frozenset[str]:
    if not place.is_file():
        return frozenset()
    return parse_known_metrics(place.read_text(encoding="utf-8", errors="replace")).names
