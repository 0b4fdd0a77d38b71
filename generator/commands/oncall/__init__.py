"""`tocsin oncall`: who is on call, reports, changes, the live account."""
