"""What is measured, and how to run it: `make bench`. Benchmarks report; no test asserts a time."""
