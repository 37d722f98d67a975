"""The HTTP API: one ASGI application, a decode wall before it, one description of all routes."""

from tandem.faces.api.app import LOCAL_HOSTS, Application
from tandem.faces.api.auditing import journal_notes
from tandem.faces.api.creating import create_app
from tandem.faces.api.server import Server
from tandem.faces.api.shapes.access import WorkspaceSummary
from tandem.faces.api.wall import BODY_BYTES_MAX, DEPTH_MAX, decode_document

__all__ = [
    "BODY_BYTES_MAX",
    "DEPTH_MAX",
    "LOCAL_HOSTS",
    "Application",
    "Server",
    "WorkspaceSummary",
    "create_app",
    "decode_document",
    "journal_notes",
]
