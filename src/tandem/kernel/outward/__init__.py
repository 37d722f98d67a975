"""Requests to the world outside: where they may go, and what keeps an answer from coming."""

from tandem.kernel.outward.addresses import Networks, allowed_address, check_url, networks_of, refused_among
from tandem.kernel.outward.connecting import NotSentError, Resolve, guarded_pool, named_faults

__all__ = [
    "Networks",
    "NotSentError",
    "Resolve",
    "allowed_address",
    "check_url",
    "guarded_pool",
    "named_faults",
    "networks_of",
    "refused_among",
]
