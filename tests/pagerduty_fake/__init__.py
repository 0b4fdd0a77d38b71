"""A strict PagerDuty on the loopback, in memory: REST API v2, as far as Tocsin and the Terraform provider use it.

```python
from tests.pagerduty_fake import FakePagerDuty, State

with FakePagerDuty(State(now=datetime(2026, 11, 2, 9, tzinfo=UTC))) as api:  # without `now`: the machine's clock
    user = api.made("/users", "user", name="Ana", email="ana@example.com")  # in process, refused → AssertionError
    status, body = api.call("GET", f"/users/{user['id']}")                  # in process, as with all headers
    client = Client(api.url, api.token)                                     # over HTTP
    api.refuse.append((429, {"ratelimit-reset": "1"}))                      # the next call, over HTTP
    assert not api.writes                                                   # (method, path) of all that would change
    api.state.schedules, api.state.overrides                                # look inside; keys with `_` are internal
```

See README.md beside this file for its rules and where each of them comes from.
"""

from tests.pagerduty_fake.server import ACCEPT, FakePagerDuty
from tests.pagerduty_fake.state import State

__all__ = ["ACCEPT", "FakePagerDuty", "State"]
