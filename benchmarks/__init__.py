"""Benchmarks: one file per subject, the peer beside us in the same run. ``python -m benchmarks NAME --json [--quick]``."""
