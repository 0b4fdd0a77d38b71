"""Where the status page is and how it looks: its address, its domain, its logo, the words of its languages."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.analysis.status.catalogues import CATALOGUE, is_complete, messages, own_catalogue, spoken, untranslated
from generator.analysis.status.logo import is_active, picture_type
from generator.analysis.status.settings import STATUS
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, Ref
from generator.git import LIMIT
from generator.messages.catalogues import Ident
from generator.settings import LANGUAGES

_TOLD = 20
"""So many translations of a catalogue are named."""


@check("status/address", level="warning")
def address(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The status page is not at the root of a domain.

    Programs that read the Statuspage API ask for `/api/v2/summary.json` at the root: many drop the path of the address
    that they are given, and then ask another page. People and feeds do not mind, since all links are relative.
    """
    url = catalog.settings.get(STATUS).url
    path = urlsplit(url).path.strip("/") if url else ""
    if path:
        message = f"the status page is at the path /{path}: many clients of its JSON ask at the root of the domain"
        yield Finding(_url(catalog), message, "serve it from a domain of its own: https://status.example.com")


@check("status/domain", level="warning")
def domain(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The status page has one domain in its address and another in the file `CNAME`.

    `status.domain` becomes the file `CNAME`, by which GitHub Pages knows which domain it serves; `status.url` is what
    feeds, calendars and the JSON call the page. Readers are sent to a host that serves nothing if the two differ.
    """
    settings = catalog.settings.get(STATUS)
    host = urlsplit(settings.url).hostname if settings.url else None
    if host and settings.domain and settings.domain.lower() != host:
        message = f"the page's address is at {host}, and its CNAME says {settings.domain}"
        yield Finding(catalog.settings.ref("status", "domain"), message, f"write domain: {host}, or mend the url")


@check("status/logo", level="warning")
def logo(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The logo of the status page cannot be shown.

    `status.logo` is the path of an SVG, PNG or WebP file of this repository, at most 1 MiB. It is shown as a picture,
    so nothing in it runs; an SVG that holds a script is refused all the same, because a browser would run it for
    whoever opens the file by itself. Until it is mended the page shows its name.
    """
    path = catalog.settings.get(STATUS).logo
    wrong = _wrong_logo(path, context.read_bytes(path)) if path else ""
    if wrong:
        hint = "write the path of an SVG, PNG or WebP file of this repository, or leave it out"
        yield Finding(catalog.settings.ref("status", "logo"), f"the logo {wrong}", hint)


def _wrong_logo(path: str, content: bytes | None) -> str:
    if content is None:
        return f"'{path}' is no file of this repository"
    if len(content) > LIMIT:
        return f"'{path}' is larger than 1 MiB"
    if picture_type(content) is None:
        return f"'{path}' is no SVG, PNG or WebP picture"
    return f"'{path}' holds what would run, were it opened by itself" if is_active(content) else ""


@check("status/words", level="warning")
def words(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The status page's own words are not, or not all, in one of its languages.

    English and Spanish are complete. For another language of the setting `languages` put a gettext catalogue at
    `status/locale/<code>.po`: `python -m generator.messages <code>` prints an empty one. What it does not translate
    stays English. A translation is used only where it has the `{values}` of its message, each as it is written there.
    A catalogue for `en` or `es` changes what the page calls things.
    """
    codes: tuple[str, ...] = catalog.settings.get(LANGUAGES)
    for index, code in enumerate(codes):
        yield from _of_catalogue(code, context)
        missing = () if is_complete(code) else untranslated(spoken(code, context), code)
        if missing:
            count = "all" if len(missing) == len(messages()) else f"{len(missing)} of {len(messages())}"
            message = f"{count} messages of the page have no translation into '{code}' and stay English"
            message += f": '{_example(missing)}'"
            hint = f"translate them in {CATALOGUE.format(code=code)}: python -m generator.messages {code} begins it"
            yield Finding(catalog.settings.ref("languages", index), message, hint)


def _example(missing: tuple[Ident, ...]) -> str:
    """The first that is no sentence."""
    texts = [each if isinstance(each, str) else each[1] for each in missing]
    return next((text for text in texts if len(text) < 30), texts[0])  # characters


def _of_catalogue(code: str, context: Context) -> Iterator[Finding]:
    own, path = own_catalogue(code, context), CATALOGUE.format(code=code)
    problems = own.problems if own else ()
    for problem in problems[:_TOLD]:
        yield Finding(Ref(path), problem, "mend the catalogue; until then the page says it in English", subject=code)
    if len(problems) > _TOLD:
        yield Finding(Ref(path), f"{len(problems) - _TOLD} more of its translations are not used", subject=code)


def _url(catalog: Catalog) -> Ref:
    """The place of the address, which may be all of the setting."""
    plain = isinstance(catalog.settings.values.get(STATUS.key), str)
    return catalog.settings.ref(STATUS.key) if plain else catalog.settings.ref(STATUS.key, "url")
