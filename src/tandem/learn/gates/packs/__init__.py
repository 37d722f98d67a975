"""Fairness packs: what a regime or a lender asks of approvals by group, as dated files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.learn.gates.limits import FairnessPack

__all__ = ["fairness_pack", "read_fairness_pack"]


def fairness_pack(name: str) -> FairnessPack:
    """The pack of this name that comes with Tandem.

    Raises:
        NotFound: no such pack.
    """
    found = {one.name.removesuffix(".yaml"): one for one in files(__name__).iterdir() if one.name.endswith(".yaml")}
    if name not in found:
        raise NotFound("No such fairness pack.", code="unknown_pack", value=name, hint=near_match(name, found))
    return _read(found[name].read_text(encoding="utf-8"), name)


def read_fairness_pack(path: Path) -> FairnessPack:
    """A pack of one's own.

    Raises:
        NotFound: no such file.
        InvalidInput: not a pack.
    """
    if not path.is_file():
        raise NotFound("No such file.", code="file_not_found", field="fairness", value=str(path))
    return _read(path.read_text(encoding="utf-8"), path.name)


def _read(text: str, name: str) -> FairnessPack:
    try:
        return msgspec.convert(YAML(typ="safe", pure=True).load(text), FairnessPack)
    except (YAMLError, msgspec.ValidationError) as error:
        raise InvalidInput(f"Not a fairness pack: {error}", code="invalid_pack", value=name) from error
