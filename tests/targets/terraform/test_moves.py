"""Renames that Git shows, imports, and what Terraform forgets without deleting it."""

from __future__ import annotations

import re
import shutil

import pytest

from generator.catalog import load
from generator.git import History, work_tree
from generator.targets.terraform import TARGET
from tests.catalogs import make_context
from tests.repositories import GitRepository, new_repository
from tests.targets.terraform.sources import PEOPLE, SERVICE, TEAM, render


@pytest.fixture
def repository(tmp_path) -> GitRepository:
    found = new_repository(tmp_path / "repository")
    found.write("schedules/people.yaml", PEOPLE)
    found.write("schedules/shop.yaml", TEAM)
    found.write("alerts/cart.yaml", SERVICE + "description: Carts of the shop, and what is in them\n")
    found.commit("First")
    return found


def built(repository: GitRepository) -> str:
    catalog = load(work_tree(repository.path))
    assert not catalog.findings
    context = make_context(open_history=lambda: History(repository.path))
    files = {each.path.rpartition("/")[2]: each.content.decode() for each in TARGET.render(catalog, context)}
    return files.get("moves.tf", "")


def moved(text: str) -> list[tuple[str, str]]:
    return re.findall(r"moved \{\n  from = (\S+)\n  to   = (\S+)", text)


def removed(text: str) -> list[str]:
    return re.findall(r"removed \{\n  from = (\S+)\n\n  lifecycle \{\n    destroy = false\n", text)


class TestMoves:
    def test_nothing_moved(self, repository):
        assert built(repository) == ""

    def test_a_team_moves_with_all_that_is_its_own(self, repository):
        repository.git("mv", "schedules/shop.yaml", "schedules/store.yaml")
        repository.write("alerts/cart.yaml", SERVICE.replace("shop", "store"))
        commit = repository.commit("Rename")
        text = built(repository)
        assert moved(text) == [
            ("pagerduty_team.shop", "pagerduty_team.store"),
            ("pagerduty_team_membership.shop_eve", "pagerduty_team_membership.store_eve"),
            ("pagerduty_team_membership.shop_ana", "pagerduty_team_membership.store_ana"),
            ("pagerduty_team_membership.shop_bob", "pagerduty_team_membership.store_bob"),
            ("pagerduty_schedule.shop_primary", "pagerduty_schedule.store_primary"),
            ("pagerduty_escalation_policy.shop", "pagerduty_escalation_policy.store"),
        ]
        assert f"# The team shop became store in {commit[:10]}.\nmoved {{" in text

    def test_a_schedule_keeps_its_layers(self, repository):
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first"))
        repository.commit()
        assert moved(built(repository)) == [("pagerduty_schedule.shop_primary", "pagerduty_schedule.shop_first")]

    def test_what_is_not_committed_yet_counts(self, repository):
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first"))
        text = built(repository)
        assert moved(text) == [("pagerduty_schedule.shop_primary", "pagerduty_schedule.shop_first")]
        assert "since the last commit" in text

    def test_a_schedule_with_other_layers_and_no_name_is_another_one(self, repository):
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first").replace("ana, bob", "bob"))
        repository.commit()
        assert moved(built(repository)) == []

    def test_a_person_is_known_by_the_email(self, repository):
        repository.write("schedules/people.yaml", PEOPLE.replace("ana: {name: Ana", "anna: {name: Anna"))
        repository.write("schedules/shop.yaml", TEAM.replace("ana", "anna"))
        repository.commit()
        text = built(repository)
        assert moved(text) == [
            ("pagerduty_user.ana", "pagerduty_user.anna"),
            ("pagerduty_team_membership.shop_ana", "pagerduty_team_membership.shop_anna"),
        ]
        assert removed(text) == []

    def test_steps_of_years_become_a_chain(self, repository):
        for name in ("anna", "annika"):
            repository.write("schedules/people.yaml", PEOPLE.replace("ana:", f"{name}:"))
            repository.write("schedules/shop.yaml", TEAM.replace("ana", name))
            repository.commit()
        assert [each for each in moved(built(repository)) if "_user" in each[0]] == [
            ("pagerduty_user.anna", "pagerduty_user.annika"),
            ("pagerduty_user.ana", "pagerduty_user.anna"),
        ]

    def test_an_address_that_is_in_use_again_moved_nowhere(self, repository):
        both = PEOPLE.replace("ana:", "anna:") + "ana: {name: Ana Two, email: ana2@example.com}\n"
        repository.write("schedules/people.yaml", PEOPLE.replace("ana:", "anna:"))
        repository.write("schedules/shop.yaml", TEAM.replace("ana", "anna"))
        repository.commit()
        repository.write("schedules/people.yaml", both)
        repository.commit()
        assert "pagerduty_user.ana" not in [old for old, _ in moved(built(repository))]

    def test_there_and_back_again(self, repository):
        for name in ("store", "shop"):
            before = "shop" if name == "store" else "store"
            repository.git("mv", f"schedules/{before}.yaml", f"schedules/{name}.yaml")
            repository.write("alerts/cart.yaml", f"team: {name}\n")
            repository.commit()
        assert ("pagerduty_team.store", "pagerduty_team.shop") in moved(built(repository))
        assert all(new != "pagerduty_team.store" for _, new in moved(built(repository)))

    def test_a_service_moves_with_its_file(self, repository):
        repository.git("mv", "alerts/cart.yaml", "alerts/basket.yaml")
        repository.commit()
        assert moved(built(repository)) == [
            ("pagerduty_service.cart", "pagerduty_service.basket"),
            (
                "pagerduty_service_integration.cart_alertmanager",
                "pagerduty_service_integration.basket_alertmanager",
            ),
        ]

    def test_a_merge_is_one_change(self, repository):
        repository.git("checkout", "-q", "-b", "topic")
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first"))
        repository.commit()
        repository.git("checkout", "-q", "-")
        repository.write("README.md", "x\n")
        repository.commit()
        repository.git("merge", "-q", "--no-ff", "-m", "Merge", "topic")
        assert moved(built(repository)) == [("pagerduty_schedule.shop_primary", "pagerduty_schedule.shop_first")]


class TestWithoutHistory:
    def test_it_is_said_and_nothing_is_guessed(self):
        text = render()["moves.tf"]
        assert "# Renames are unknown (" in text
        assert moved(text) == []

    def test_a_shallow_clone_says_so(self, repository, tmp_path):
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first"))
        repository.commit()
        shallow = tmp_path / "shallow"
        repository.git("clone", "-q", "--depth", "1", f"file://{repository.path}", str(shallow))
        text = built(GitRepository(shallow))
        assert "# Renames are unknown (shallow clone)" in text
        assert moved(text) == []
        shutil.rmtree(shallow)


class TestForgotten:
    def test_who_is_in_no_file_any_more_keeps_the_account(self, repository):
        repository.write("schedules/people.yaml", PEOPLE.replace("ana: ", "# ana: "))
        repository.write("schedules/shop.yaml", TEAM.replace("[ana, bob]", "[bob]"))
        repository.commit()
        text = built(repository)
        assert removed(text) == ["pagerduty_user.ana", "pagerduty_team_membership.shop_ana"]
        assert "ana is in no file of people any more" in text

    def test_who_has_left_stays_until_the_line_goes(self):
        leaver = PEOPLE + "zoe: {name: Zoe, email: zoe@example.com, until: 2026-11-01}\n"
        files = render(people=leaver)
        assert removed(files["moves.tf"]) == []
        assert 'pagerduty_user" "zoe"' in files["people.tf"]

    def test_who_has_left_and_is_still_counted_on_stays(self):
        files = render(people=PEOPLE.replace("name: Ana,", "name: Ana, until: 2026-11-01,"))
        assert removed(files["moves.tf"]) == []
        assert "pagerduty_user.ana.id" in files["schedules.tf"]

    def test_users_are_not_deleted_when_they_are_only_looked_up_from_now_on(self):
        text = render(settings="pagerduty: {users: existing}\n")["moves.tf"]
        assert removed(text) == ["pagerduty_user.ana", "pagerduty_user.bob", "pagerduty_user.eve"]

    def test_an_id_of_what_is_not_here_is_kept_in_pagerduty(self):
        files = render(ids="pagerduty_schedule.gone: PSCHED1\n")
        assert removed(files["moves.tf"]) == ["pagerduty_schedule.gone"]
        assert "# Left out: pagerduty_schedule.gone is not among the resources here." in files["imports.tf"]

    def test_an_id_of_what_moved_is_neither_imported_nor_forgotten(self, repository):
        repository.write("schedules/pagerduty.ids.yaml", "pagerduty_schedule.shop_primary: PSCHED1\n")
        repository.write("schedules/shop.yaml", TEAM.replace("primary", "first"))
        repository.commit()
        text = built(repository)
        assert moved(text) == [("pagerduty_schedule.shop_primary", "pagerduty_schedule.shop_first")]
        assert removed(text) == []
