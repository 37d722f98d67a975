"""Two sets of versions compared, each version that differs in the words of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

import msgspec

from tandem.decide.decisions import document_of
from tandem.decide.policy import diff, in_words, parse_policy
from tandem.decide.releases.field_words import field_sentences, introduced, kind_in_words
from tandem.decide.releases.model_words import model_introduced, model_sentences
from tandem.decide.releases.sentences import Sentence
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactRegister
from tandem.kernel.errors import TandemError
from tandem.kernel.identity import Digest

__all__ = ["VersionChange", "artefact_words", "compare_manifests", "compare_versions"]

_GONE: Final = Sentence("The {kind} {name} is taken out.", "移除{kind} {name}。")
_LINES_MAX: Final = 200


class VersionChange(msgspec.Struct, frozen=True, kw_only=True):
    """One definition that differs, from version ``old`` to version ``new``; None where there is none."""

    key: ArtefactKey
    what: Literal["added", "removed", "changed"]
    old: Digest | None
    new: Digest | None
    words: tuple[Sentence, ...]


def compare_manifests(
    register: ArtefactRegister, old: Mapping[str, Digest], new: Mapping[str, Digest]
) -> tuple[VersionChange, ...]:
    """What one does to ``old`` to have ``new``, by kind and name.

    Raises:
        NotFound: a digest that the register does not know.
    """
    changes = []
    for text in sorted({*old, *new}):
        before, after = old.get(text), new.get(text)
        if before != after:
            changes.append(compare_versions(register, ArtefactKey.of(text), before, after))
    return tuple(changes)


def compare_versions(
    register: ArtefactRegister, key: ArtefactKey, old: Digest | None, new: Digest | None
) -> VersionChange:
    """One definition from version ``old`` to version ``new``; one of them may be None.

    Raises:
        NotFound: a digest that the register does not know.
    """
    before = None if old is None else register.version(old).artefact
    after = None if new is None else register.version(new).artefact
    what: Literal["added", "removed", "changed"] = (
        "removed" if after is None else "added" if before is None else "changed"
    )
    return VersionChange(key=key, what=what, old=old, new=new, words=artefact_words(before, after))


def artefact_words(old: Artefact | None, new: Artefact | None) -> tuple[Sentence, ...]:
    """What is new, gone or different from ``old`` to ``new``, which are one definition; one of them may be None."""
    if new is not None:
        return _introduced(new) if old is None else _compared(old, new)[:_LINES_MAX]
    if old is None:
        return ()
    kind = kind_in_words(old.kind)
    return (Sentence(_GONE.en.format(kind=kind.en, name=old.name), _GONE.zh.format(kind=kind.zh, name=old.name)),)


def _compared(old: Artefact, new: Artefact) -> tuple[Sentence, ...]:
    by_kind: dict[str, Callable[[Artefact, Artefact], tuple[Sentence, ...]]] = {
        "policy": _policies,
        "model": model_sentences,
    }
    try:
        return by_kind.get(new.kind, field_sentences)(old, new)
    except TandemError:  # a draft that cannot be read yet is told by its fields
        return field_sentences(old, new)


def _introduced(new: Artefact) -> tuple[Sentence, ...]:
    try:
        if new.kind == "policy":
            policy = parse_policy(document_of(new))
            lines = zip(in_words(policy, "en"), in_words(policy, "zh-CN"), strict=True)
            return tuple(Sentence(en, zh) for en, zh in lines)[:_LINES_MAX]
        if new.kind == "model":
            return model_introduced(new)
    except TandemError:
        pass  # told like any other kind
    return introduced(new)[:_LINES_MAX]


def _policies(old: Artefact, new: Artefact) -> tuple[Sentence, ...]:
    before, after = parse_policy(document_of(old)), parse_policy(document_of(new))
    lines = zip(diff(before, after, "en"), diff(before, after, "zh-CN"), strict=True)
    return tuple(Sentence(en, zh) for en, zh in lines)
