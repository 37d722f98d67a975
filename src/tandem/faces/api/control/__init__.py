"""The control plane: everything that is not the hot path, on FastAPI."""

from tandem.faces.api.control.assembly import create_control

__all__ = ["create_control"]
