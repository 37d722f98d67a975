"""A real server on a real socket, for the client that partners use."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from http_face import starter_process

from tandem.faces.api import Server, create_app


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process = starter_process(tmp_path_factory.mktemp("sdk"))
    server = Server(create_app(process), host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.address
    server.stop()
    thread.join(timeout=20)
    assert not thread.is_alive()
    process.close()
