"""`tocsin import pagerduty`: people, schedules and policies of an account, from the API's answers or from Terraform.

Both become the same picture of the account first (`account`), and that becomes sources.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importers.base import Given, Imported, Importer, Options
from generator.importers.pagerduty.account import Account
from generator.importers.pagerduty.linked import adopt, resolve
from generator.importers.pagerduty.saved import read_saved
from generator.importers.pagerduty.sources import Sources
from generator.importers.pagerduty.terraform import read_terraform

NEXT = """\
next:
  tocsin check                       what it thinks of them: zones, gaps, steps that reach nobody
  tocsin oncall show TEAM/SCHEDULE   who is on call, to be held against PagerDuty's own page
  tocsin build --target terraform    the resources, and import blocks for what PagerDuty has
  tocsin oncall verify               compares every shift with what PagerDuty says
"""


def read(files: Sequence[Given], options: Options) -> Imported:
    """The people, teams and ids of all files together."""
    imported, account = Imported(), Account()
    terraform = [file for file in files if file.path.endswith(".tf")]
    for file in files:
        if file not in terraform:
            read_saved(file, account, imported)
    read_terraform(terraform, account, imported)
    resolve(account)
    adopt(account, options.team, imported)
    Sources(account, options, imported).write()
    return imported


IMPORTER = Importer(
    "pagerduty",
    "an account's people, schedules and policies: answers of the API, .tf files, or --live",
    read,
    (".json", ".tf"),
    is_yaml=False,
    next_steps=NEXT,
)
