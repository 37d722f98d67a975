"""Serving: one process, one event loop, loopback only."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn

from tandem.faces.api.app import Application
from tandem.kernel.errors import Unavailable

__all__ = ["BACKLOG", "Server"]

BACKLOG = 128
"""Connections the kernel keeps waiting; more are refused at once instead of queueing without limit."""

_GRACE_S = 10
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Server(uvicorn.Server):
    """Serves ``app`` until told to stop; then lets requests at work finish and ends the live streams.

    Args:
        app: the application.
        host, port: where to listen; settings allow loopback addresses only. Port 0 takes a free one.
        on_ready: called with the address once the socket listens.

    Raises:
        Unavailable: the port is taken.
    """

    def __init__(
        self, app: Application, *, host: str, port: int, on_ready: Callable[[str], None] | None = None
    ) -> None:
        self._app = app
        self._on_ready = on_ready
        self._socket = _listening(host, port)
        name = f"[{host}]" if ":" in host else host
        self.address = f"http://{name}:{self._socket.getsockname()[1]}"
        super().__init__(
            uvicorn.Config(
                app,
                ws="none",
                lifespan="off",
                backlog=BACKLOG,
                access_log=False,
                log_level="warning",
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=75,
                timeout_graceful_shutdown=_GRACE_S,
            )
        )

    def serve_forever(self) -> None:
        """Serve in this thread until a signal comes or ``stop`` is called."""
        # What was folded from the journal stays; walking through it again and again would only make pauses.
        gc.collect()
        gc.freeze()
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.run(self.serve(sockets=[self._socket]))

    def stop(self) -> None:
        """Stop soon; from any thread."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None:
            self._on_ready(self.address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.close_streams()  # else the streams would hold the server until its patience ends
        await super().shutdown(sockets)
        await self._app.close()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Uvicorn raises the signal again afterwards, which would end the process before the journal is closed.
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Unavailable(
            f"Port {port} of {host} cannot be taken: {error.strerror or error}.",
            code="port_taken",
            hint="stop the other server, or choose another port: --port or TANDEM_PORT",
        ) from None
    # From here on callers wait instead of being refused, though nobody accepts them yet.
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener
