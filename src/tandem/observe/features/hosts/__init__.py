"""Hosts for more machines than one: Spark over tables, Valkey under many workers. Each needs its extra.

``hosts.spark`` (extra ``spark``) and ``hosts.valkey`` (extra ``valkey``) are imported by name, so that whoever runs one
process needs neither.
"""

__all__: list[str] = []
