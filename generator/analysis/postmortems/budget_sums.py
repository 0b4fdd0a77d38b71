"""Where the numbers about an error budget do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.analysis.postmortems.budget import Budget, days_of, objective_of
from generator.analysis.postmortems.numbers import Number
from generator.records import dataclass

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sum:
    """A number that is not what the others make of it."""

    fact: str
    number: Number
    message: str


def sums(budget: Budget) -> Iterator[Sum]:
    """Every number that does not follow from the others, within what rounding explains."""
    yield from _allowed(budget)
    yield from _minutes_of_the_period(budget)
    yield from _consumed(budget)
    yield from _remaining(budget)
    for fact in ("consumed", "remaining"):
        yield from _minutes(budget, fact)


def _allowed(budget: Budget) -> Iterator[Sum]:
    """Requests that may fail, from all of them."""
    objective = objective_of(budget)
    few, every = budget.allowed or (None, None)
    if few is None or every is None or objective is None:
        return
    right = every.value * (HUNDRED - objective) / HUNDRED
    if not few.agrees(right, every.error):
        said = f"{_shown(HUNDRED - objective)} % of {every.text} requests are {_shown(right)}, not {few.text}"
        yield Sum("budget", few, said)


def _minutes_of_the_period(budget: Budget) -> Iterator[Sum]:
    objective, days = objective_of(budget), days_of(budget)
    said = budget.first("budget", "minutes")
    if said is None or objective is None or days is None:
        return
    right = _period_minutes(objective, days)
    if not said.agrees(right):
        text = f"{_shown(HUNDRED - objective)} % of {_shown(days)} days are {_shown(right)} minutes, not {said.text}"
        yield Sum("budget", said, text)


def _consumed(budget: Budget) -> Iterator[Sum]:
    """The share, from failed requests and those that may fail."""
    share, failed, counted = budget.share, budget.failed, budget.allowed
    if share is None or failed is None or counted is None:
        return
    right = failed.value / counted[0].value * HUNDRED
    if not share.agrees(right, failed.error / counted[0].value * HUNDRED):
        said = f"{failed.text} of {counted[0].text} requests that may fail are {_shown(right)} %, not {share.text}"
        yield Sum("consumed", share, said)


def _remaining(budget: Budget) -> Iterator[Sum]:
    """The share, from what was left and what was consumed; requests, from the share."""
    left, gone, before = budget.remaining, budget.share, budget.before
    if left is not None and gone is not None:
        most = before.value if before else HUNDRED
        slack = gone.error + (before.error if before else 0)
        off = (
            not left.agrees(most - gone.value, slack) if before else left.value > most - gone.value + left.error + slack
        )
        if off:
            whole = f"{before.text} before" if before else "the whole budget"
            what = f"{whole} less {gone.text} is {_shown(most - gone.value)} %"
            yield Sum("remaining", left, f"{what}{'' if before else ' at most'}, not {left.text}")
    counted = budget.allowed
    requests = budget.left
    if left is not None and counted is not None and requests is not None:
        right = left.value * counted[0].value / HUNDRED
        if not requests.agrees(right, left.error * counted[0].value / HUNDRED):
            said = f"{left.text} of {counted[0].text} requests are {_shown(right)}, not {requests.text}"
            yield Sum("remaining", requests, said)


def _minutes(budget: Budget, fact: str) -> Iterator[Sum]:
    """Minutes of total outage, from the share; a sentence may name other minutes, so one that fits is enough."""
    share = budget.remaining if fact == "remaining" else budget.share
    objective, days = objective_of(budget), days_of(budget)
    said = [each for each in budget.said.get(fact, ()) if each.unit == "minutes"]
    if share is None or objective is None or days is None or not said or (fact == "consumed" and budget.failed):
        return  # beside failed requests, minutes are those that the incident took
    period = _period_minutes(objective, days)
    right = share.value * period / HUNDRED
    if not any(each.agrees(right, share.error * period / HUNDRED) for each in said):
        whole = f"{share.text} of the {_shown(period)} minutes of the period"
        yield Sum(fact, said[0], f"{whole} are {_shown(right)}, not {said[0].text}")


def _period_minutes(objective: Decimal, days: Decimal) -> Decimal:
    return days * 1440 * (HUNDRED - objective) / HUNDRED


def _shown(value: Decimal) -> str:
    """`25,920`, `15`, `43.2`: at most two decimals, or the first digits of what is smaller."""
    exact = value.quantize(Decimal("0.01")) if abs(value) >= 1 else Decimal(f"{value:.2g}")
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
