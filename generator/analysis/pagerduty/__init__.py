"""PagerDuty: the time zones that it takes, and what the repository says of its account."""
