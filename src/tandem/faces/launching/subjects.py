"""What is assessed and signed: a product's terms together with the policies that decide on it, as one digest.

The words of a product are left out: a better title needs no new assessment. So is the share of a policy that a daily
iteration gives to its challenger: a plan that people released bounds it, and gates of its own judge it. Models are left out
for the same reason. Everything else that can change who is lent to, and at which price, is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactRegister
from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest

__all__ = ["Subjects", "subject_of", "terms_digest"]

_WORDS: Final = frozenset({"name", "title", "description"})


def terms_digest(product: Artefact) -> Digest:
    """Over all of a product but its words."""
    return digest_of({"name": product.name, "terms": {k: v for k, v in product.body.items() if k not in _WORDS}})


def subject_of(product: Artefact, policies: Mapping[str, Artefact]) -> Digest | None:
    """Over a product's terms and the policies it names; None where one of them is not there.

    Args:
        policies: by name, as people wrote them.
    """
    named = product.body.get("policies")
    if not isinstance(named, dict) or not named or any(name not in policies for name in named.values()):
        return None
    decides = {stage: [name, digest_of(policies[name].body)] for stage, name in named.items()}
    return digest_of({"terms": terms_digest(product), "policies": decides})


class Subjects:
    """The subjects of every set of versions, remembered.

    Args:
        register: asked whenever something is looked up, so it may be the live one.
    """

    def __init__(self) -> None:
        self._known: dict[Digest, dict[str, Digest]] = {}

    def of_artefacts(self, artefacts: Iterable[Artefact]) -> dict[str, Digest]:
        """Product name to subject, of those products whose policies are all among ``artefacts``."""
        every = tuple(artefacts)
        policies = _plain(every)
        found = {one.name: subject_of(one, policies) for one in every if one.kind == "product"}
        return {name: subject for name, subject in found.items() if subject is not None}

    def of_release(self, register: ArtefactRegister, release: Digest) -> dict[str, Digest]:
        """The same of a release that was live."""
        if release not in self._known:
            manifest = register.release_of(release).manifest
            wanted = {"product", "policy", "iteration"}
            versions = (register.version(at).artefact for key, at in manifest.items() if _kind(key) in wanted)
            self._known[release] = self.of_artefacts(versions)
        return self._known[release]

    def ever_live(self, register: ArtefactRegister) -> frozenset[Digest]:
        """Every subject that could be had at some time."""
        releases = {one.release for one in register.went_live}
        return frozenset(subject for one in releases for subject in self.of_release(register, one).values())


def _plain(artefacts: Iterable[Artefact]) -> dict[str, Artefact]:
    """Policies by name, without the challengers that daily iterations let decide for a share."""
    every = tuple(artefacts)
    found = {one.name: one for one in every if one.kind == "policy"}
    for plan in every:
        if plan.kind != "iteration":
            continue
        from tandem.learn.iteration import without_canary

        policy, model = found.get(str(plan.body.get("policy", ""))), plan.body.get("model")
        if policy is not None and isinstance(model, str):
            body: dict[str, Any] = without_canary(policy.body, model)
            found[policy.name] = Artefact.of("policy", policy.name, body)
    return found


def _kind(key: str) -> str:
    return ArtefactKey.of(key).kind
