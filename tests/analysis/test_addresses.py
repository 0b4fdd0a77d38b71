from __future__ import annotations

import pytest

from generator.analysis import addresses
from generator.settings import Settings
from tests.catalogs import make_catalog


def test_pages_are_where_alerts_and_bookmarks_say() -> None:
    assert addresses.runbook_page("tr-web-errors") == "runbooks/tr-web-errors/"
    assert addresses.alert_page("TrWebErrors") == "alerts/trweberrors/"
    assert addresses.service_page("tr-web") == "services/tr-web/"
    assert addresses.schedule_page("platform/primary") == "schedules/platform/primary/"
    assert addresses.postmortem_page("2026-10-14-x") == "postmortems/2026-10-14-x/"


@pytest.mark.parametrize(
    ("alert", "address"),
    [
        ("{alert: Known, expr: up}", "https://r.example.com/in/runbooks/known/"),
        ("{alert: Un/Known, expr: up}", "https://r.example.com/in/alerts/un-known/"),
        ("{alert: A b, expr: up, runbook: nowhere}", "https://r.example.com/in/alerts/a-b/"),
        ("{alert: X, expr: up, annotations: {runbook_url: 'https://w.example.com/x'}}", "https://w.example.com/x"),
    ],
)
def test_an_alert_leads_to_a_page_that_exists(alert, address) -> None:
    files = {"alerts/web.yaml": f"alerts: [{alert}]\n", "runbooks/known.md": "# Known\n"}
    catalog = make_catalog(files | {"tocsin.yaml": "runbooks: https://r.example.com/in/\n"})
    (named,) = catalog.alerts
    assert addresses.runbook_url(catalog, named) == address


def test_without_the_sites_address_there_is_none() -> None:
    catalog = make_catalog({"alerts/web.yaml": "alerts: [{alert: A, expr: up}]\n"})
    assert addresses.runbook_url(catalog, catalog.alerts[0]) is None


def test_plain_text_is_short_for_the_address() -> None:
    assert Settings({"runbooks": "https://r"}).get(addresses.RUNBOOKS) == addresses.RunbookSite(url="https://r")
    sections = Settings({"runbooks": {"sections": [["A", "B"], ["C"]]}}).get(addresses.RUNBOOKS).sections
    assert sections == (("A", "B"), ("C",))


def test_any_name_of_an_alert_is_a_folder():
    assert addresses.alert_page("Odd / name <b>") == "alerts/odd-name-b-/"
    assert addresses.alert_page("../x") == "alerts/-x/"
    first, second = (addresses.alert_page("ñ" * 5000 + end) for end in "ab")
    assert first != second
    assert len(first.encode()) < 200
