"""A live PagerDuty account, through its REST API and the official client."""

from generator.integrations.pagerduty.account import whole_account
from generator.integrations.pagerduty.api import Api, PagerDutyError, Record
from generator.integrations.pagerduty.connect import connect

__all__ = ["Api", "PagerDutyError", "Record", "connect", "whole_account"]
