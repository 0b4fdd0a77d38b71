"""Names in a text that mean something inside alone: people's, their addresses and handles, chat channels, alerts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.analysis.memo import once_a_catalog
from generator.analysis.status.leaks.leak import Leak
from generator.catalog import Catalog
from generator.kinds.people import Person
from generator.kinds.team import Team

_EMAIL = re.compile(r"(?<![\w.+%/@-])(?P<local>[\w.+%-]{1,80})@(?P<domain>[\w-]+(?:\.[\w-]+)+)(?<![.-])")
_CAMEL = re.compile(r"\b[A-Z][a-z0-9]+(?:[A-Z]+[a-z0-9]+)+\b")
_MAILBOXES = """\
abuse accessibility account accounts admin administrator api billing care careers cloud community compliance
contact contacts customer customercare customers customerservice customersupport desk dev developer developers
donotreply dpo enquiries enterprise feedback finance gdpr git hello help helpdesk hi hosting hostmaster info
inquiries integrations invoices it legal mail mailer marketing media news newsletter no noreply notification
notifications office ops orders partner partners payments postmaster press privacy reply root sales security
service servicedesk services shop status success support system team tech technical techsupport ticket tickets
trust updates webmaster welcome
atencion atencionalcliente ayuda clientes comercial contabilidad contacto equipo estado facturacion hola
incidencias pagos pedidos prensa privacidad seguridad servicio servicios soporte tienda ventas
"""
_ROLES = frozenset(_MAILBOXES.split())
"""Words of mailboxes that are nobody's own: a page may well say where to write to."""
_EXAMPLES = "address correo email jane john me name nombre someone test user username usuario you your"
_ANYBODY = frozenset(_EXAMPLES.split())
"""Stand-ins in examples."""
WRITE_AS_TEAM = "write as the team, or name an address that is nobody's own: support@…"


def people_named(catalog: Catalog, text: str) -> Iterator[Leak]:
    """Addresses, handles, names, the chat channels of teams, and alerts."""
    if "@" in text:
        yield from _emails(catalog, text)
    here = [name for name in _known(catalog) if name in text]
    for found in _whole(here).finditer(text) if here else ():
        said = found.group()
        if said.startswith("#"):
            yield Leak(*found.span(), said, "a team's chat channel", "leave out where you talk about it")
        else:
            yield Leak(*found.span(), said, "the name of a person", "write as the team", sure=False)
    for found in _CAMEL.finditer(text):
        if found.group() in catalog.alerts_by_name:
            hint = "say what customers notice"
            yield Leak(*found.span(), found.group(), "the name of an alert", hint, sure=False)


def _emails(catalog: Catalog, text: str) -> Iterator[Leak]:
    known = _addresses(catalog)
    for found in _EMAIL.finditer(text):
        if not _is_nobodys(found["local"], found["domain"], known=found.group().lower() in known):
            yield Leak(*found.span(), found.group(), "somebody's e-mail address", WRITE_AS_TEAM)


def _is_nobodys(local: str, domain: str, *, known: bool) -> bool:
    words = set(re.findall("[^\\W\\d_]+", local.lower()))
    reserved = re.search(r"(?:^|\.)example(?:\.(?:com|net|org))?$|\.(?:test|invalid)$", domain.lower())
    return bool(words & _ROLES) or bool(not known and reserved and words & _ANYBODY)


@once_a_catalog
def _addresses(catalog: Catalog) -> frozenset[str]:
    return frozenset(person.email.lower() for person in catalog.all(Person) if person.email)


@once_a_catalog
def _known(catalog: Catalog) -> tuple[str, ...]:
    """Whole names (a first name alone may be any word), handles behind an @, channels; the longest first."""
    names: set[str] = set()
    for person in catalog.all(Person):
        names |= {person.name} if len(person.name.split()) > 1 else set()
        names |= {"@" + each.lstrip("@") for each in (person.id, person.github, person.slack) if each}
    names |= {team.slack for team in catalog.all(Team) if team.slack and team.slack.startswith("#")}
    return tuple(sorted(names, key=lambda each: (-len(each), each)))


def _whole(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@./#-])(?:{'|'.join(map(re.escape, names))})(?![\w@-])")
