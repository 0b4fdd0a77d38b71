"""Annotations of alerts: the keys that people and programs read, and the runbook in its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.analysis.addresses import address, runbook_page
from generator.catalog import Catalog
from generator.checks.base import check
from generator.checks.pasted import Pasted, pasted, writes
from generator.context import Context
from generator.findings import Edit, Finding, Fix, did_you_mean
from generator.kinds.base import ID
from generator.kinds.names import is_address, kebab_case
from generator.kinds.rules import Alert
from generator.kinds.runbook import Runbook
from generator.kinds.slo import Slo

READ = ("summary", "description", "runbook_url", "runbook", "dashboard", "message")
"""Annotations that notifications and sites of this field read: what is meant by a near miss."""
ALSO_KNOWN = frozenset(
    {"dashboards", "runbooks", "dashboard_url", "dashboard_uid", "messages", "summaries", "runbook_uri"}
)
IN_LABELS = ("runbook", "runbook_url", "runbook_link")


@check("alert/annotation-typo", level="warning")
def annotation_typo(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The key of an annotation is a slip away from one that is read.

    `descrition` is accepted by every tool and shown by none: whoever is woken reads an empty notification. Only near
    misses of `summary`, `description`, `runbook_url`, `runbook`, `dashboard` and `message` are named; other keys are
    yours.
    """
    owners: tuple[Alert | Slo, ...] = (*catalog.all(Slo), *(each.rule for each in pasted(catalog)))
    for owner in owners:
        for key in owner.annotations:
            meant = near_miss(key)
            if meant:
                yield owner.finding(
                    "annotations",
                    key,
                    key=True,
                    message=f"nobody reads the annotation {key} of {owner.id}",
                    hint=f"did you mean '{meant}'?",
                ).with_fixes(None if meant in owner.annotations else _renamed(owner, key, meant))


def _renamed(owner: Alert | Slo, key: str, meant: str) -> Fix:
    edit = Edit("rename", (*owner.ref.pointer, "annotations", key), meant)
    return Fix(f"annotation {key} of {owner.id} became {meant}", (edit,))


def near_miss(key: str) -> str:
    """The annotation that was probably meant; empty where the key is one that is read, or none of them is near."""
    if key in READ or key in ALSO_KNOWN:
        return ""
    plain = key.lower().replace("_", "")
    return next((known for known in READ if _slip(plain, known.replace("_", ""))), "")


def _slip(word: str, known: str) -> bool:
    """Whether two words are the same but for one letter: missing, added, wrong, or swapped with its neighbour."""
    if abs(len(word) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    rest, meant = word[start:], known[start:]
    return rest in (meant, meant[1:], meant[1::-1] + meant[2:]) or rest[1:] in (meant, meant[1:])


@check("alert/runbook-misplaced", level="warning")
def runbook_misplaced(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A runbook is named where nothing looks for it.

    Under `labels` it makes a new alert of every changed link, and no notification shows it. In the annotation `runbook`
    an address is not read; in `runbook_url` the address of a runbook of this repository is not checked, and it stays
    when the file is renamed. A runbook here is named by the key `runbook:`; one elsewhere by the annotation
    `runbook_url`. `tocsin check --fix` moves it.
    """
    for each in pasted(catalog):
        for name in IN_LABELS:
            if name in each.rule.labels:
                yield _misplaced(catalog, each, "labels", name)
        for name in ("runbook", "runbook_url"):
            text = each.rule.annotations.get(name, "")
            if "{{" not in text and (_slug(catalog, text) or (name == "runbook" and _names_one(text))):
                yield _misplaced(catalog, each, "annotations", name)


def _names_one(text: str) -> bool:
    return is_address(text) or ID.match(text.removesuffix(".md").rpartition("/")[2]) is not None


def _misplaced(catalog: Catalog, each: Pasted, part: str, name: str) -> Finding:
    text = getattr(each.rule, part)[name]
    slug = _slug(catalog, text)
    if slug or not is_address(text):
        hint = (
            f"write runbook: {slug}"
            if slug
            else did_you_mean(text, catalog.known("runbook")) or "write runbook: <slug>"
        )
    else:
        hint = "write it as the annotation runbook_url"
    return each.rule.finding(
        part,
        name,
        key=True,
        message=f"alert {each.rule.name} names its runbook under {part}, as {name}, where it is not looked for",
        hint=hint,
    ).with_fixes(_moved(catalog, each, (part, name), slug))


def _moved(catalog: Catalog, each: Pasted, where: tuple[str, str], slug: str) -> Fix | None:
    rule, pointer = each.rule, each.rule.ref.pointer
    text = getattr(rule, where[0])[where[1]]
    drop = Edit("remove", (*pointer, *where))
    if slug and rule.runbook in (None, slug) and not _names_another(rule, where):
        needed = rule.runbook is None and kebab_case(rule.name) != slug
        edits = (Edit("insert", pointer, slug, "runbook"), drop) if needed else (drop,)
        return Fix(f"{where[1]} under {where[0]} of alert {rule.name} became runbook: {slug}", edits)
    if not is_address(text) or "runbook_url" in rule.annotations or rule.runbook is not None or slug:
        return None
    said = f"{where[1]} under {where[0]} of alert {rule.name} became the annotation runbook_url"
    if where[0] == "annotations":
        return Fix(said, (Edit("rename", (*pointer, *where), "runbook_url"),))
    if writes(catalog, each, "annotations"):
        return Fix(said, (Edit("insert", (*pointer, "annotations"), text, "runbook_url"), drop))
    return Fix(said, (Edit("insert", pointer, {"runbook_url": text}, "annotations"), drop))


def _names_another(rule: Alert, where: tuple[str, str]) -> bool:
    """Whether the rule names a runbook in a third place, and only a person can tell which one is meant."""
    places: Mapping[str, Mapping[str, str]] = {"labels": rule.labels, "annotations": rule.annotations}
    mine = places[where[0]][where[1]]
    others = [places[part].get(name) for part in places for name in IN_LABELS if (part, name) != where]
    return any(other is not None and other != mine for other in others)


def _slug(catalog: Catalog, text: str) -> str:
    """The runbook of this repository that a text leads to: its slug, its file, or its address on our site."""
    slug = text.rstrip("/").rpartition("/")[2].removesuffix(".md")
    runbook = catalog.get(Runbook, slug)
    if runbook is None:
        return ""
    ours = address(catalog, runbook_page(slug))
    file = text == f"{slug}.md" or f"/{text}".endswith((f"/{runbook.ref.path}", f"/{runbook.ref.path}/"))
    page = ours is not None and ours.rstrip("/") == text.rstrip("/")
    return slug if text == slug or file or page else ""


@check("alert/no-summary", level="note")
def no_summary(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """Alerts have no summary.

    The annotation `summary` is the first line of every notification, the one that is read on a telephone's lock screen:
    what is wrong, and where. One note a service; alerts of SLOs have one of their own.
    """
    silent: dict[str, list[Pasted]] = {}
    for each in pasted(catalog):
        if not any(key == "summary" or near_miss(key) == "summary" for key in each.rule.annotations):
            silent.setdefault(each.service.id, []).append(each)
    for service, alerts in silent.items():
        first = alerts[0].rule
        more = f", nor have {len(alerts) - 1} more of service {service}" if len(alerts) > 1 else ""
        yield Finding(
            first.ref.at("alert"),
            f"alert {first.name} has no summary{more}",
            "write annotations: {summary: …}, in one line what is wrong and where",
            subject=service,
        )
