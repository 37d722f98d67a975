"""Reading a policy that is still being written: what can be read is, and the rest is named, all of it at once.

``parse_policy`` stops at the first thing that does not fit, which is right for a release and wrong for a person who is
typing. Here the smallest piece that cannot be read (a key, a rule, a stage) is left out and reading goes on, so that the
other forty stages keep their drawing, their words and their findings.
"""

from __future__ import annotations

import copy
import re
from bisect import insort
from typing import Any, Final

import msgspec

from tandem.decide.policy.context import Finding
from tandem.decide.policy.parsing import parse_policy
from tandem.decide.policy.types import Policy
from tandem.kernel.errors import DefinitionError, TandemError, shown

__all__ = ["FAULTS_MAX", "Draft", "read_draft"]

FAULTS_MAX: Final = 40
"""Pieces left out before reading is given up; a document with more is wrong in one way many times."""
_TOKEN = re.compile(r"[^.\[\]]+|\[\d+\]")
_STAND_IN: Final = "draft"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What could be read of a document.

    Attributes:
        policy: without the pieces that could not be read; None where nothing sensible is left.
        faults: one for each piece left out, with its place in the document as written.
        lost_names: every word of the pieces left out; complaints that one of these is unknown would be noise.
        removed: list path to the indices left out of it, ascending.
    """

    policy: Policy | None
    faults: tuple[Finding, ...] = ()
    lost_names: frozenset[str] = frozenset()
    removed: dict[str, list[int]] = {}

    @property
    def whole(self) -> bool:
        """Whether nothing had to be left out."""
        return not self.faults

    def place(self, path: str) -> str:
        """``path`` in the policy read, as a path of the document written."""
        return _place(path, self.removed)


def read_draft(document: Any) -> Draft:
    """The policy a document describes as far as it can be read; never raises for a JSON value."""
    left = copy.deepcopy(document)
    faults: list[Finding] = []
    removed: dict[str, list[int]] = {}
    lost: set[str] = set()
    tried: set[str] = set()
    for _ in range(FAULTS_MAX):
        try:
            policy = parse_policy(left)
        except TandemError as error:
            field = error.field or ""
            at = _place(field, removed)
            if not (faults and field == "flow" and not left.get("flow")) and at not in {one.where for one in faults}:
                faults.append(_fault(error, at))
            given_up = not isinstance(error, DefinitionError) or not isinstance(left, dict)
            if given_up or not _drop(left, field, removed, lost, tried):
                return Draft(policy=None, faults=tuple(faults), lost_names=frozenset(lost), removed=removed)
        else:
            return Draft(policy=policy, faults=tuple(faults), lost_names=frozenset(lost), removed=removed)
    return Draft(policy=None, faults=tuple(faults), lost_names=frozenset(lost), removed=removed)


def _fault(error: TandemError, at: str) -> Finding:
    said = error.detail.rstrip(".")
    if error.value is not None:
        said += f" ({shown(error.value)})"
    return Finding(severity="error", code=error.code, where=at, message=f"{said}.", hint=error.hint)


def _tokens(path: str) -> list[str | int]:
    return [int(token[1:-1]) if token[0] == "[" else token for token in _TOKEN.findall(path)]


def _joined(tokens: list[str | int]) -> str:
    path = ""
    for token in tokens:
        path += f"[{token}]" if isinstance(token, int) else f".{token}" if path else token
    return path


def _place(path: str, removed: dict[str, list[int]]) -> str:
    """Indices put back to where they were before the pieces named in ``removed`` went."""
    if not removed:
        return path
    found: list[str | int] = []
    for token in _tokens(path):
        where = token
        if isinstance(where, int):
            for gone in removed.get(_joined(found), ()):
                if gone <= where:
                    where += 1
        found.append(where)
    return _joined(found)


def _drop(document: dict[str, Any], field: str, removed: dict[str, list[int]], lost: set[str], tried: set[str]) -> bool:
    """Take the smallest piece at ``field`` out of ``document``; False where nothing can be taken out."""
    tokens = _tokens(field)
    parents: list[Any] = [document]
    for token in tokens:
        inner = _inside(parents[-1], token)
        if inner is None:
            break
        parents.append(inner)
    exact = len(parents) == len(tokens) + 1
    if exact and tokens and isinstance(tokens[-1], str) and field not in tried:
        tried.add(field)
        holder = parents[-2]
        if len(tokens) == 1 and tokens[0] in ("policy", "event"):
            holder[tokens[0]] = _STAND_IN
            return True
        _words(holder.pop(tokens[-1]), lost)
        return True
    for depth in range(min(len(tokens), len(parents) - 1) - 1, -1, -1):
        index = tokens[depth]
        if isinstance(index, int) and isinstance(parents[depth], list) and index < len(parents[depth]):
            _words(parents[depth].pop(index), lost)
            path = _place(_joined(tokens[: depth + 1]), removed)
            where = _tokens(path)
            gone = where[-1]
            assert isinstance(gone, int)
            insort(removed.setdefault(_joined(where[:-1]), []), gone)
            return True
    if len(tokens) == 1 and tokens[0] in ("policy", "event") and tokens[0] not in document:
        document[str(tokens[0])] = _STAND_IN
        return True
    return False


def _inside(holder: Any, token: str | int) -> Any:
    if isinstance(token, int):
        return holder[token] if isinstance(holder, list) and token < len(holder) else None
    return holder.get(token) if isinstance(holder, dict) else None


def _words(piece: Any, found: set[str]) -> None:
    """Every text in ``piece``, keys too: the names it may have defined."""
    waiting = [piece]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found.update(str(key) for key in one)
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str):
            found.add(one)
