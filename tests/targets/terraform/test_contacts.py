"""How people are reached: methods, rules, and numbers that are in no file."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.targets.terraform.sources import PEOPLE, assert_closed, block, render


def people(more: str) -> str:
    return PEOPLE.replace("name: Ana,", f"name: Ana, {more},")


class TestNumbers:
    def test_a_number_is_a_sensitive_variable_for_sms_and_phone_together(self):
        files = render(people=people("contact: [sms, phone]"))
        assert re.findall(r'^variable "(\w+)"', files["variables.tf"], re.MULTILINE) == ["phone_ana"]
        assert "sensitive   = true" in files["variables.tf"]
        assert "default" not in files["variables.tf"]
        made = re.findall(r'"pagerduty_user_contact_method" "(\w+)"', files["contacts.tf"])
        assert made == ["ana_sms", "ana_phone"]
        assert_closed(files)

    def test_nobody_with_a_number_needs_no_file(self):
        files = render(people=people("contact: [push, email]"))
        assert "variables.tf" not in files
        assert "resource" not in files["contacts.tf"]

    def test_the_condition_is_on_the_resource(self):
        """Terraform prints the value of a variable whose own condition does not hold, sensitive or not."""
        files = render(people=people("contact: [phone]"))
        assert "validation" not in files["variables.tf"]
        assert "precondition" in block(files["contacts.tf"], 'resource "pagerduty_user_contact_method" "ana_phone"')

    @pytest.mark.real_tool
    @pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")
    @pytest.mark.parametrize(
        ("number", "code"),
        [
            ("+54 91155554444", '54 "91155554444"'),
            ("+1 2025550199", '1 "2025550199"'),
            ("+39 0612345678", '39 "0612345678"'),
            ("+49 01715550000", ""),
            ("54 91155554444", ""),
            ("+54 911-5555", ""),
            ("+541155554444", ""),
        ],
    )
    def test_terraform_takes_a_number_apart(self, tmp_path, number, code):
        text = render(people=people("contact: [phone]"))["contacts.tf"]
        found = {
            key: re.search(rf"^ +{key} += (.+)$", text, re.MULTILINE)[1]
            for key in ("condition", "country_code", "address")
        }
        (tmp_path / "main.tf").write_text('variable "phone_ana" {\n  type = string\n}\n', encoding="utf-8")
        question = f'{found["condition"]} ? "${{{found["country_code"]}}} ${{{found["address"]}}}" : "refused"'
        done = subprocess.run(
            ["terraform", "console", "-var", f"phone_ana={number}"],
            cwd=tmp_path,
            input=question,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout.strip().strip('"') == (code.replace('"', "") or "refused"), done.stderr


class TestMethods:
    def test_the_first_email_is_there_already(self):
        text = render(people=people("contact: [email]"))["contacts.tf"]
        assert "# Left out: email of ana; PagerDuty made it with the user." in text

    def test_an_email_whose_id_is_known_is_taken_over(self):
        files = render(people=people("contact: [email]"), ids="pagerduty_user_contact_method.ana_email: PANA:PMAIL\n")
        found = block(files["contacts.tf"], 'resource "pagerduty_user_contact_method" "ana_email"')
        assert 'address = "ana@example.com"' in found
        assert 'to = pagerduty_user_contact_method.ana_email\n  id = "PANA:PMAIL"' in files["imports.tf"]

    def test_push_is_made_by_the_app_alone(self):
        text = render(people=people("contact: [push]"))["contacts.tf"]
        assert "pagerduty_user_contact_method.ana_push: USER:METHOD" in text
        assert "resource" not in text

    def test_people_whom_pagerduty_does_not_know_have_none(self):
        files = render(people=people("contact: [sms]").replace("email: Ana@Example.com, ", ""))
        assert "contacts.tf" not in files


class TestRules:
    def test_they_name_methods_and_minutes(self):
        files = render(
            people=people("notify: [{by: sms}, {by: phone, after: 90s}, {by: phone, after: 2m}, {by: push}]"),
            ids="pagerduty_user_contact_method.ana_push: PANA:PPUSH\n",
        )
        rules = re.findall(
            r'_rule" "(\w+)" \{.*?start_delay_in_minutes = (\d+).*?id   = (\S+)', files["contacts.tf"], re.DOTALL
        )
        assert rules == [
            ("ana_sms_0", "0", "pagerduty_user_contact_method.ana_sms.id"),
            ("ana_phone_2", "2", "pagerduty_user_contact_method.ana_phone.id"),
            ("ana_push_0", "0", '"PPUSH"'),
        ]
        assert "ana_push" not in files.get("imports.tf", "")
        assert "ana_push" not in files["moves.tf"]
        assert_closed(files)

    def test_the_method_is_a_block_and_what_is_urgent_is_meant(self):
        text = render(people=people("notify: [{by: sms}]"))["contacts.tf"]
        found = block(text, 'resource "pagerduty_user_notification_rule"')
        assert 'contact_method {\n    type = "sms_contact_method"' in found
        assert 'urgency                = "high"' in found

    def test_a_rule_whose_method_is_unknown_is_left_out(self):
        text = render(people=people("notify: [{by: push}]"))["contacts.tf"]
        assert "notification_rule" not in text
        assert "# Left out: push of ana" in text

    def test_an_email_at_once_is_there_from_the_beginning(self):
        known = "pagerduty_user_contact_method.ana_email: PANA:PMAIL\n"
        found = people("notify: [{by: email}, {by: email, after: 10m}]")
        assert "ana_email_0" not in render(people=found, ids=known)["contacts.tf"]
        files = render(people=found, ids=known + "pagerduty_user_notification_rule.ana_email_0: PANA:PRULE\n")
        assert files["contacts.tf"].count('"pagerduty_user_notification_rule" "ana_email_') == 2
        assert "to = pagerduty_user_notification_rule.ana_email_0" in files["imports.tf"]

    def test_who_has_left_is_not_notified(self):
        left = PEOPLE + "zoe: {name: Zoe, email: zoe@example.com, until: 2026-11-01, notify: [{by: sms}]}\n"
        files = render(people=left)
        assert 'pagerduty_user" "zoe"' in files["people.tf"]
        assert "variables.tf" not in files
        assert "contacts.tf" not in files

    def test_users_that_are_looked_up_have_them_too(self):
        files = render(people=people("notify: [{by: sms}]"), settings="pagerduty: {users: existing}\n")
        assert "user_id                = data.pagerduty_user.ana.id" in files["contacts.tf"]
        assert_closed(files)
