"""Pages about many things: components, months, the home page of a large company."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from benchmarks.status import NOW, sources
from generator.git import History
from generator.targets.status.facts import facts
from generator.targets.status.frame import frame
from generator.targets.status.languages import languages
from generator.targets.status.page import pages
from tests.analysis.status.status_sources import at, catalog, component, incident, update
from tests.catalogs import make_catalog
from tests.repositories import GitRepository
from tests.targets.status.conftest import outside_git, render
from tests.targets.status.html import Page


def texts(page):
    return " ".join(Page(page).text.split())


def test_a_component_has_its_figures_its_days_and_what_touched_it(files):
    text = texts(files["components/rest/index.html"])
    for said in ("REST API", "99.81% 30 days 99.93% 90 days 99.98% 365 days", "24 Nov 2026 Major outage · 85.55%"):
        assert said.replace("24 Nov 2026 Major", "24 Nov 2026Major") in text
    assert "Errors in the API" in text
    assert "A partial outage counts as 30% of an outage" in text
    assert "Errors at checkout" not in text
    links = Page(files["components/rest/index.html"]).links
    assert {"../../components/api/", "history.atom", "history.rss", "../../components/rest/badge.svg"} <= set(links)


def test_a_group_shows_its_components_and_all_that_touched_one_of_them(files):
    page = Page(files["components/api/index.html"])
    assert {"../../components/rest/", "../../components/hooks/", "../../incidents/2026-11-24-api/"} <= set(page.links)
    assert "Old work" in page.text
    assert re.findall(r"\d+ days? with trouble", page.text) == ["1 day with trouble"]  # none where work was planned
    assert "99.90% 30 days" in " ".join(page.text.split())  # half of the downtime that one of the two had


def test_what_is_said_of_a_group_is_on_the_pages_of_its_components():
    told = incident("2026-11-01-x", update("2026-11-01", "resolved", {"g": "major_outage"}), title="All of it")
    made = render(catalog(component("g", is_group=True), component("one", group="g"), component("two"), told))
    assert [path for path in sorted(made) if path.startswith("components") and "All of it" in made[path]] == [
        "components/g/history.atom",
        "components/g/history.rss",
        "components/g/index.html",
        "components/one/history.atom",
        "components/one/history.rss",
        "components/one/index.html",
    ]


def many(number, month=11):
    told = (incident(f"2026-{month:02}-01-i{n}", update(f"2026-{month:02}-01", "resolved")) for n in range(number))
    return tuple(told)


def test_the_history_cuts_nothing_and_says_where_the_rest_is():
    made = render(catalog(component("web"), *many(50), *many(40, 10), *many(5, 9)))
    assert "35 more in November 2026" in made["index.html"]
    first = Page(made["history/index.html"])
    assert len([link for link in first.links if "incidents/" in link]) == 50
    assert {"../history/2026-10/", "../history/2026-09/"} <= set(first.links)
    assert "October 2026 (40)" in texts(made["history/index.html"])
    month = Page(made["history/2026-10/index.html"])
    assert len([link for link in month.links if "incidents/" in link]) == 40
    assert {"../../history/2026-09/", "../../history/2026-11/"} <= set(month.links)
    assert len(json.loads(made["history/search.json"])) == 95


def test_the_newest_month_is_on_the_first_page_however_large():
    made = render(catalog(component("web"), *many(70), *many(5, 10)))
    assert len([link for link in Page(made["history/index.html"]).links if "incidents/" in link]) == 70


@pytest.mark.parametrize("commit", [True, False], ids=["committed", "one file is not"])
def test_the_age_of_the_data_is_that_of_their_last_commit(git_repo: GitRepository, commit):
    git_repo.write("status/components.yaml", "web: Web\n")
    git_repo.commit("Components")  # on 1 October at 09:00, and one each hour
    git_repo.write("status/incidents/2026-09-24-x.yaml", "title: X\n")
    if commit:
        git_repo.commit("Incident")
        git_repo.write("README.md", "later\n")
        git_repo.commit("Something else")
    told = incident("2026-09-24-x", update("2026-09-24 09:00", "resolved"))
    made = render(catalog(component("web"), told), open_history=lambda: History(git_repo.path))
    expected = "data as of 1 Oct 2026, 10:00 UTC." if commit else "the newest update is of 24 Sept 2026, 09:00 UTC, and"
    assert expected in texts(made["index.html"])


def test_of_a_moment_in_the_past_the_data_are_no_newer_than_that(git_repo: GitRepository):
    git_repo.write("status/components.yaml", "web: Web\n")
    git_repo.commit()
    made = render(catalog(component("web")), now=at("2026-09-19 08:00"), open_history=lambda: History(git_repo.path))
    assert "Page built 19 Sept 2026, 08:00 UTC; data as of 19 Sept 2026, 08:00 UTC." in texts(made["index.html"])


def test_two_hundred_components_and_a_thousand_incidents_in_ninety_days_fit_into_a_small_home_page():
    known, context = make_catalog(sources(200, 1000)), outside_git(NOW)
    shown = facts(known, context)
    spoken = languages(known, context, shown.zone)
    for language in spoken:
        _, home = pages(shown, frame(shown, None), language, spoken).render("home.html", "", "Title")
        assert len(gzip.compress(home.encode(), 9)) < 20_000
        assert len(home.encode()) < 1_000_000
        assert len(Page(home).elements) < 30_000
        assert len(re.findall('<svg class="bar"', home)) == 200
        assert "components/c000/#days" in home


def test_of_many_open_incidents_the_newest_are_told_in_full_and_all_are_named():
    told = [
        incident(
            f"2026-11-{n:02}-i{n}", update(f"2026-11-{n:02}", "identified", None, f"Words {n}."), title=f"Title {n}"
        )
        for n in range(1, 13)
    ]
    text = texts(render(catalog(component("web"), *told))["index.html"])
    assert "12 open incidents" in text
    assert [n for n in range(1, 13) if f"Title {n}" not in text] == []
    assert [n for n in range(1, 13) if f"Words {n}." not in text] == [1, 2]


@pytest.mark.parametrize(
    "long", ["word " * 1000, "x" * 5000, "A paragraph.\n\n" * 400], ids=["words", "one", "paragraphs"]
)
def test_a_very_long_message_is_begun_in_lists_and_whole_on_its_page(long):
    told = incident("2026-11-24-x", update("2026-11-24", "identified", None, f"First {long} last."))
    made = render(catalog(component("web"), told))
    home = made["index.html"]
    assert "First" in home
    assert "last." not in home
    assert '<p><a href="incidents/2026-11-24-x/">Read on</a></p>' in home
    assert "last." in made["incidents/2026-11-24-x/index.html"]
    assert "Read on" not in made["incidents/2026-11-24-x/index.html"]
