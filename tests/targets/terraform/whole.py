"""Sources that use all that Terraform knows of: every type of resource comes out of them."""

from __future__ import annotations

EVERYTHING = {
    "tocsin.yaml": """\
pagerduty:
  service_region: eu
  outside_support_hours: low
  alert_grouping: {type: content_based, fields: [class], aggregate: all, time_window: 15m}
""",
    "schedules/people.yaml": """\
ana:
  name: Ana
  email: Ana@Example.com
  time_zone: Europe/Madrid
  pagerduty: PANA
  contact: [push, sms, email]
  notify: [{by: push}, {by: sms, after: 90s}, {by: phone, after: 5m}, {by: email}]
bob: {name: Bob, email: bob@example.com, time_zone: Europe/Oslo}
eve: {name: Eve, email: eve@example.com, contact: [push, email]}
zoe: {name: Zoe, email: zoe@example.com, until: 2026-03-01}
""",
    "schedules/pagerduty.ids.yaml": """\
pagerduty_user_contact_method.ana_push: PANA:PPUSH
pagerduty_user_contact_method.ana_email: PANA:PMAIL
pagerduty_team.shop: PSHOP
pagerduty_team_membership.shop_ana: PANA:PSHOP
pagerduty_schedule.gone: PGONE
""",
    "schedules/shop.yaml": """\
name: Shop
lead: eve
support_hours: {days: mon-fri, hours: 09:00-18:00}
schedules:
  primary:
    time_zone: Europe/Oslo
    layers:
      - {name: North, start: 2026-01-05 09:00, turn: 1w, days: mon-fri, hours: 09:00-17:00, people: [ana, bob]}
      - {name: South, time_zone: Australia/Sydney, start: 2026-01-05 09:00, turn: 1d, hours: 09:00-17:00, people: [eve]}
escalation: {loops: 1, steps: [{page: primary, wait: 5m}, {page: lead, wait: 15m}]}
escalations:
  nights: {steps: [{page: [eve, bob], wait: 1m}]}
""",
    "alerts/cart.yaml": "team: shop\n",
    "alerts/pay.yaml": "team: shop\nsupport_hours: always\n",
    "alerts/search.yaml": "team: shop\nescalation: nights\n",
    "status/components.yaml": "website: {name: Website, services: [cart, pay]}\n",
    "status/maintenances/2026-12-06-database.yaml": """\
title: Database
components: [website]
from: 2026-12-06 03:00
until: 2026-12-06 04:00
mute: true
""",
    "status/maintenances/2026-11-06-network.yaml": """\
title: Network
components: [website]
from: 2026-11-06 03:00
until: 2026-11-06 04:00
mute: true
""",
}
