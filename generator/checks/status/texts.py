"""Texts for the public: nothing of inside in them, in every language of the page, names that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.analysis.memo import once_a_catalog
from generator.analysis.status.leaks import Leak, Public, leaks, public_texts
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref, Related
from generator.kinds.base import Localized
from generator.kinds.status import Component, Maintenance, StatusIncident
from generator.settings import LANGUAGES

FORTNIGHT = timedelta(days=14)


@check("status/leak")
def leak(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A text of the status page says something that should stay inside.

    In titles, messages, names and descriptions, in every language and in the links of Markdown:

    - addresses of the runbook site, its pages, and what services link to (`links`; keys such as `docs`, `status` or
      `website` lead where customers may go);
    - hosts of a private network: `10.…`, `192.168.…`, `fd00:…`, `db1.internal`, `api.default.svc`, `http://grafana/`,
      `localhost:8080`. Four numbers after "version" are a version, and addresses for documentation are nobody's;
    - e-mail addresses, but for those that are nobody's own: `support@`, `hello@`, `soporte@`;
    - links into chats, calls and tools that need a login of yours, chat channels of teams, `#incident-…`;
    - keys, tokens and passwords. One that was here has to be replaced: history keeps it.

    What is on a public page stays in feeds, mails and caches, so this is an error, and `tocsin incident` asks the same
    before it commits. Say what customers notice and what they can do. For a text that is meant so, suppress the finding
    with its reason.
    """
    yield from _leaks(catalog, sure=True)


@check("status/may-leak", level="warning")
def may_leak(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A text of the status page says something that may be meant for inside.

    Names and handles (`@alice`) of people in the catalog, names of alerts, the address of this repository, and
    addresses that look like a tool's (`grafana.…`, `….atlassian.net/browse/`, channels of Discord, consoles of clouds).
    A team answers, not a person, and what customers cannot open only says what you run. Suppress it where it is meant:
    a public tracker, a founder's name.
    """
    yield from _leaks(catalog, sure=False)


def _leaks(catalog: Catalog, *, sure: bool) -> Iterator[Finding]:
    for ident, ref, found in _found(catalog):
        if found.sure is sure:
            message = f"this text of {ident} has {found.what}: {found.text}"
            yield Finding(ref.inside(found.start), message, found.hint, subject=ident)


@once_a_catalog
def _found(catalog: Catalog) -> tuple[tuple[str, Ref, Leak], ...]:
    return tuple(
        (source.id, ref, found)
        for source in _sources(catalog)
        for ref, text in public_texts(source)
        for found in leaks(catalog, text)
    )


def _sources(catalog: Catalog) -> tuple[Public, ...]:
    return (*catalog.all(Component), *catalog.all(StatusIncident), *catalog.all(Maintenance))


@check("status/languages", level="warning")
def languages(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A text is not in every language of the page, or in one that the page does not have.

    The setting `languages` says which pages there are. A text that is missing in one is shown there in the first
    language, and marked so; one in a language without a page is shown nowhere. Told once a file. While an incident is
    open, one language now is better than two later. What has been over for a fortnight is left as it is: nobody
    translates the history.
    """
    wanted = catalog.settings.get(LANGUAGES)
    told: set[tuple[str, str]] = set()
    for source in _sources(catalog):
        if _is_history(source, context.now):
            continue
        for ref, text in _texts(source):
            for message, hint in _wrong(text, wanted):
                if (ref.path, message) not in told:
                    told.add((ref.path, message))
                    yield Finding(ref, message, hint, subject=source.id)


def _is_history(source: Public, now: datetime) -> bool:
    if isinstance(source, Component):
        return False
    if isinstance(source, Maintenance):
        return (source.cancelled or source.end) < now - FORTNIGHT
    last = source.updates[-1]
    return last.status in {"resolved", "postmortem"} and last.at < now - FORTNIGHT


def _texts(source: Public) -> Iterator[tuple[Ref, Localized]]:
    if isinstance(source, Component):
        # A name of its own, written plainly, is the same in every language.
        if set(source.name) != {""}:
            yield source.ref.at("name"), source.name
        if source.description is not None:
            yield source.ref.at("description"), source.description
        return
    yield source.ref.at("title"), source.title
    if isinstance(source, Maintenance) and source.message.text():
        yield source.ref.at("message"), source.message
    for update in source.updates:
        if update.message.text():
            yield update.ref.at("message"), update.message


def _wrong(text: Localized, wanted: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    written = {each or wanted[0] for each in text}
    absent = [each for each in wanted if each not in written]
    extra = sorted(written - set(wanted))
    if absent:
        first = next((each for each in wanted if each in written), next(iter(sorted(written)), ""))
        message = f"this text is not in {', '.join(absent)}: those pages show it in {first}"
        yield message, f"write it for each: {{{', '.join(f'{each}: …' for each in wanted)}}}"
    if extra:
        yield (
            f"this text is in {', '.join(extra)}, which is no language of the page",
            "add it to languages, or take it out",
        )


@check("status/same-name", level="warning")
def same_name(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Two components have one name and stand side by side.

    Customers cannot tell them apart. In different groups the same name is fine: the group tells which.
    """
    seen: dict[tuple[str | None, str, str], Component] = {}
    for component in catalog.all(Component):
        for language, name in component.name.items():
            known = seen.setdefault((component.group, language, " ".join(name.lower().split())), component)
            if known is not component:
                message = f"component {component.id} has the name '{name}', as component {known.id} beside it"
                found = component.finding("name", message=message, hint="name each by what customers use it for")
                yield found.with_related(Related(known.ref, f"component {known.id}"))
                break
