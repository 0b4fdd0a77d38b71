"""What `tocsin incident --help` shows."""

from __future__ import annotations

SUMMARIES = {
    "open": "begin the record of an incident, and tell customers where they notice it",
    "update": "say how it goes: to customers, and in the timeline of the record",
    "resolve": "call it over: every component works again",
    "reopen": "open an incident again that was resolved too early",
    "list": "the incidents that are open, for how long, and what does not work",
    "show": "all that is known of one incident",
}
EXAMPLES = {
    "open": """\
  tocsin incident open                                       asks for everything
  tocsin incident open --public --title "Errors at checkout" --severity SEV-1 \\
      --component website=partial "Some customers see an error when they pay." --language es="Algunos clientes…"
  tocsin incident open "Disk of db-2 fills up" --alert DiskFull               for the team alone
  tocsin incident open "Errors at checkout" --public --component website=partial --template investigating --push
""",
    "update": """\
  tocsin incident update identified "We have found the cause."
  tocsin incident update --component website=ok monitoring "Checkout works again." --push
  tocsin incident update --internal "Rolled back to 2026.10.13" --mitigated
  tocsin incident update --template still-working --yes --push
  tocsin incident update --incident checkout-errors --public --title "Errors at checkout" investigating "…"
""",
    "resolve": """\
  tocsin incident resolve "Between 13:05 and 13:29 UTC checkouts failed. No order was lost."
  tocsin incident resolve --template resolved --incident 2026-10-14-checkout-errors --push
""",
    "reopen": """\
  tocsin incident reopen "Checkouts fail again, and we are looking into it."
""",
    "list": """\
  tocsin incident list
  tocsin incident list --all --format json
""",
    "show": """\
  tocsin incident show
  tocsin incident show checkout-errors --format json
""",
}
TAIL = """
On a terminal, what is missing is asked for, and what will be read and written is shown first; Ctrl-C leaves nothing.
Each step is one commit of both files, the record and the public one. Templates: docs/incidents.md.
"""
