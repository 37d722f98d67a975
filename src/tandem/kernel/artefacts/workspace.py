"""A workspace folder: definitions as files that people read, diff and keep in version control.

``workspace.yaml`` names the workspace; each kind of artefact has a folder in which one file is one artefact, named
after it. YAML 1.2 is for people; JSON is for models. Loading checks the form; what a definition means is its room's
business.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem.kernel.artefacts.types import Artefact, ArtefactKey
from tandem.kernel.errors import DefinitionError, NotFound, near_match
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["Workspace", "WorkspaceHeader", "load_workspace", "parse_yaml", "read_header", "write_artefact"]

_NAME = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
_HEADER = "workspace.yaml"
_FILE_SIZE_MAX = 64 * 1024 * 1024


class WorkspaceHeader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``workspace.yaml`` says.

    A ``sandbox`` is for partners to try things in: its keys open nothing else. An ``example`` is for looking at. In both, what
    customers pay is simulated.

    Everybody who opens the console reads the description; ``description_zh`` is what readers of Chinese read instead.
    ``currency`` is the ISO 4217 code in which pages show amounts; without one they show plain numbers.
    """

    name: str
    description: str = ""
    description_zh: str = ""
    currency: str = ""
    four_eyes: bool = False
    kind: Literal["live", "sandbox", "example"] = "live"


class Workspace(msgspec.Struct, frozen=True):
    """A loaded folder."""

    folder: Path
    header: WorkspaceHeader
    artefacts: dict[ArtefactKey, Artefact]
    files: dict[ArtefactKey, Path]


def read_header(folder: Path) -> WorkspaceHeader:
    """What the workspace in ``folder`` says of itself; nothing else of it is looked at.

    Raises:
        NotFound: no workspace there.
        DefinitionError: its header cannot be read, or names a currency that is none.
    """
    header_file = folder / _HEADER
    if not header_file.is_file():
        raise NotFound(
            f"{folder} is not a workspace: it has no {_HEADER}.",
            code="no_workspace",
            field="folder",
            value=str(folder),
            hint="tandem init FOLDER makes one",
        )
    try:
        header = msgspec.convert(parse_yaml(header_file.read_text("utf-8"), str(header_file)), WorkspaceHeader)
    except msgspec.ValidationError as error:
        raise DefinitionError(str(error), code="invalid_workspace", at=str(header_file)) from None
    if header.currency and header.currency not in CURRENCY_EXPONENTS:
        raise DefinitionError(
            "Unknown currency.",
            code="unknown_currency",
            field="currency",
            value=header.currency,
            hint=near_match(header.currency, CURRENCY_EXPONENTS) or "a code of ISO 4217 such as EUR, or none",
            at=str(header_file),
        )
    return header


def load_workspace(folder: Path, kinds: Mapping[str, str]) -> Workspace:
    """Every artefact in ``folder``; ``kinds`` maps a kind to the name of its folder.

    Raises:
        NotFound: no workspace there.
        DefinitionError: a file that cannot be read, an unknown folder, a name that differs from its file's.
    """
    header = read_header(folder)
    folders = {name: kind for kind, name in kinds.items()}
    artefacts: dict[ArtefactKey, Artefact] = {}
    files: dict[ArtefactKey, Path] = {}
    for path in sorted(folder.glob("*/*")):
        # Hidden folders are nobody's definitions; the workspace's own .tandem is one of them.
        if (
            path.suffix not in {".yaml", ".yml", ".json"}
            or path.name.startswith(".")
            or path.parent.name.startswith(".")
        ):
            continue
        kind = folders.get(path.parent.name)
        if kind is None:
            if path.parent.name in {"data", "tests", "docs"}:
                continue
            raise DefinitionError(
                f"No kind of artefact lives in {path.parent.name}/.",
                code="unknown_folder",
                field="folder",
                value=path.parent.name,
                hint=near_match(path.parent.name, folders),
                at=str(path),
            )
        artefact = _load_file(path, kind)
        if artefact.key in artefacts:
            raise DefinitionError(
                f"{artefact.key} stands in two files.",
                code="duplicate_artefact",
                field="name",
                value=artefact.name,
                hint=f"remove {files[artefact.key]} or {path}",
            )
        artefacts[artefact.key] = artefact
        files[artefact.key] = path
    return Workspace(folder, header, artefacts, files)


def parse_yaml(text: str, where: str) -> Any:
    """The JSON-like content of a YAML 1.2 document; dates stay text.

    Raises:
        DefinitionError: not YAML, with line and column.
    """
    yaml = YAML(typ="safe", pure=True)
    try:
        return _plain(yaml.load(io.StringIO(text)))
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f"{where}, line {mark.line + 1}, column {mark.column + 1}" if mark else where
        detail = getattr(error, "problem", None) or str(error)
        raise DefinitionError(f"Not a YAML document: {detail}", code="invalid_yaml", at=at) from None


def write_artefact(folder: Path, kind_folder: str, artefact: Artefact) -> Path:
    """Write ``artefact`` as a file of the workspace, atomically; models as JSON, the rest as YAML."""
    directory = folder / kind_folder
    directory.mkdir(parents=True, exist_ok=True)
    as_json = artefact.kind == "model"
    path = directory / f"{artefact.name}{'.json' if as_json else '.yaml'}"
    body = {"name": artefact.name, **artefact.body}
    if as_json:
        text = msgspec.json.format(msgspec.json.encode(body, order="deterministic"), indent=1).decode()
    else:
        yaml = YAML()
        yaml.default_flow_style = False
        yaml.width = 110
        out = io.StringIO()
        yaml.dump(body, out)
        text = out.getvalue()
    temporary = path.with_suffix(path.suffix + ".part")
    temporary.write_text(text, "utf-8")
    temporary.replace(path)
    return path


def _load_file(path: Path, kind: str) -> Artefact:
    if path.stat().st_size > _FILE_SIZE_MAX:
        raise DefinitionError(f"{path} is over 64 MiB.", code="file_too_large", at=str(path))
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise DefinitionError("Not UTF-8 text.", code="invalid_encoding", at=str(path)) from None
    if path.suffix == ".json":
        try:
            body = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            raise DefinitionError(f"Not a JSON document: {error}", code="invalid_json", at=str(path)) from None
    else:
        body = parse_yaml(text, str(path))
    if not isinstance(body, dict):
        raise DefinitionError("A definition is a mapping of names to values.", code="not_a_mapping", at=str(path))
    name = body.pop("name", path.stem)
    if not isinstance(name, str) or not _NAME.match(name):
        raise DefinitionError(
            "Not a name.", code="invalid_name", field="name", value=name, hint="lower_snake, at most 63", at=str(path)
        )
    if name != path.stem:
        raise DefinitionError(
            f"The file is called {path.name} and defines {name!r}.",
            code="name_differs",
            field="name",
            value=name,
            hint=f"rename the file to {name}{path.suffix}",
            at=str(path),
        )
    return Artefact.of(kind, name, body)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    return value
