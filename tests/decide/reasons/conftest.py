"""What a release of the told workspace says of facts."""

from __future__ import annotations

import pytest
from told_workspace import EVERYTHING, GOOD

from tandem.decide.decisions import Facts, assemble, judge
from tandem.decide.reasons import adverse_of, principal_reasons
from tandem.kernel.identity import Digest, SeededEntropy
from tandem.kernel.time import SystemClock
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault


@pytest.fixture
def released(tmp_path):
    """A release of the told workspace, some of its artefacts replaced."""

    keys = SqliteSubjectKeys(tmp_path / "keys.sqlite")
    vault = Vault(MasterKey(b"m" * 32), keys, "test", clock=SystemClock(), entropy=SeededEntropy(1))

    def of(*changed):
        known = {one.key: one for one in (*EVERYTHING, *changed)}
        return assemble(known.values(), Digest("0" * 64), vault)

    return of


@pytest.fixture
def told(released):
    """Whether facts are decided adversely, and the principal reasons: ``told(*changed artefacts, blocked=..., **facts)``."""

    def ask(*changed, blocked=False, **facts):
        live = released(*changed)
        compiled = live.policy_for("application")
        row = {"device": "d", **GOOD, **facts}
        members = dict.fromkeys(compiled.lists, frozenset(["d"] if blocked else ()))
        result = judge(Facts(row=row, members=members), compiled)
        return (
            adverse_of(result, compiled, row, live.vocabulary),
            principal_reasons(result, compiled, row, live.models, live.vocabulary),
        )

    return ask
