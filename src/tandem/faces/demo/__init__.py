"""The example lender: real data, played through the whole loop."""

from tandem.faces.demo.running import run_demo

__all__ = ["run_demo"]
