"""Artefacts: everything that decides is an immutable, content-addressed, reviewed version, released as a set."""

from tandem.kernel.artefacts.changes import (
    ArtefactChange,
    Declined,
    Pushed,
    Released,
    Reviewed,
    RolledBack,
    Withdrawn,
    decode_change,
    encode_change,
)
from tandem.kernel.artefacts.diff import ArtefactDifference, FieldDifference, diff_artefacts
from tandem.kernel.artefacts.register import ArtefactRegister
from tandem.kernel.artefacts.types import (
    Activation,
    Artefact,
    ArtefactKey,
    ArtefactState,
    ArtefactVersion,
    Decline,
    Release,
    Review,
    Withdrawal,
    manifest_digest,
)
from tandem.kernel.artefacts.workspace import (
    Workspace,
    WorkspaceHeader,
    load_workspace,
    parse_yaml,
    read_header,
    write_artefact,
)

__all__ = [
    "Activation",
    "Artefact",
    "ArtefactChange",
    "ArtefactDifference",
    "ArtefactKey",
    "ArtefactRegister",
    "ArtefactState",
    "ArtefactVersion",
    "Decline",
    "Declined",
    "FieldDifference",
    "Pushed",
    "Release",
    "Released",
    "Review",
    "Reviewed",
    "RolledBack",
    "Withdrawal",
    "Withdrawn",
    "Workspace",
    "WorkspaceHeader",
    "decode_change",
    "diff_artefacts",
    "encode_change",
    "load_workspace",
    "manifest_digest",
    "parse_yaml",
    "read_header",
    "write_artefact",
]
