from __future__ import annotations

from generator.checks.status import texts as status
from tests.checks.found import found, place

INCIDENT = "status/incidents/2026-10-14-errors.yaml"
BOTH = {"tocsin.yaml": "languages: [en, es]\n"}


def incident(message: str, title: str = "Errors") -> dict[str, str]:
    update = f"  - at: 2026-10-14 13:00\n    status: monitoring\n    message: {message}\n"
    return {INCIDENT: f"title: {title}\nupdates:\n{update}"}


def test_a_leak_is_found_at_its_character():
    (finding,) = found(status, incident("See http://10.0.0.7/graph now."))
    assert (finding.check, finding.level, place(finding)) == ("status/leak", "error", f"{INCIDENT}:5:25")
    assert finding.message.endswith("an address of a private network: 10.0.0.7")


def test_leaks_in_every_text():
    files = {
        **BOTH,
        "status/components.yaml": "web: {name: db.internal, description: {en: Fine, es: ver a.internal}}\n",
        "status/maintenances/2026-12-06-work.yaml": (
            "title: b.internal\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\nmessage: {en: c.internal, es: Bien}\n"
            "updates: [{at: 2026-12-06 03:10, status: in_progress, message: '[x](https://d.internal/)'}]\n"
        ),
        INCIDENT: (
            "title: {en: e.internal, es: Bien}\npostmortem: https://wiki.internal/x\n"
            "updates: [{at: 2026-10-14 13:00, status: resolved, message: {en: Fine, es: f.internal}}]\n"
        ),
    }
    hosts = {each.message.rpartition(": ")[2] for each in found(status, files, "status/leak")}
    assert hosts == {f"{name}.internal" for name in ("db", "a", "b", "c", "d", "e", "f", "wiki")}


def test_what_may_be_meant_is_a_warning():
    files = {**incident("Ana García looks into it."), "schedules/people.yaml": "ana: {name: Ana García}\n"}
    (finding,) = found(status, files)
    assert (finding.check, finding.level) == ("status/may-leak", "warning")


def test_a_suppression_with_its_reason():
    text = incident("Use http://localhost:3000/ in the tutorial.")[INCIDENT]
    quiet = text.replace("    message", "    # tocsin: ignore[status/leak] the tutorial of our customers\n    message")
    assert found(status, {INCIDENT: quiet}) == ()


def test_languages_once_a_file():
    (finding,) = found(status, {**BOTH, **incident("{en: Errors}", "{en: Errors, es: Errores}")})
    assert (finding.check, place(finding)) == ("status/languages", f"{INCIDENT}:5:14")
    assert finding.message == "this text is not in es: those pages show it in en"
    assert len(found(status, {**BOTH, **incident("Errors")})) == 1
    assert found(status, incident("Errors")) == ()


def test_nobody_translates_the_history():
    long_ago = incident("Errors")[INCIDENT].replace("2026-10", "2026-01")
    assert found(status, {**BOTH, INCIDENT: long_ago.replace("monitoring", "resolved")}) == ()
    still_open = long_ago
    assert len(found(status, {**BOTH, INCIDENT: still_open})) == 1


def test_names_of_components_are_the_same_in_every_language():
    files = {**BOTH, "status/components.yaml": "api: API\nweb: {name: {en: Website, es: Sitio}}\n"}
    assert found(status, files) == ()
    (finding,) = found(status, {**BOTH, "status/components.yaml": "web: {name: {en: Website}}\n"})
    assert finding.where.pointer == ("web", "name")


def test_a_language_without_a_page():
    (finding,) = found(status, incident("{en: Errors, fr: Erreurs}"))
    assert "is in fr, which is no language of the page" in finding.message


def test_names_that_cannot_be_told_apart():
    text = "eu: {name: Europe, components: {eu-api: API, eu-rest: 'api'}}\nus: {name: US, components: {us-api: API}}\n"
    (finding,) = found(status, {"status/components.yaml": text})
    assert (finding.check, finding.subject) == ("status/same-name", "eu-rest")
