"""Ways to a server on which answers are lost: each in its turn, before or after the server was asked."""

from __future__ import annotations

import socket
import threading

import httpx


class Unreliable(httpx.BaseTransport):
    """The way to the server, on which things happen: each in its turn, before or after the server was asked.

    Args:
        happen: for each request in turn: ``None`` for nothing, an exception or a response in place of the server's, or a
            callable that spoils the server's response.
    """

    def __init__(self, *happen: object) -> None:
        self.happen = list(happen)
        self.asked: list[httpx.Request] = []
        self._real = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        what = self.happen.pop(0) if self.happen else None
        if isinstance(what, Exception):
            raise what
        if isinstance(what, httpx.Response):
            return what
        response = self._real.handle_request(request)
        response.read()
        return what(response) if callable(what) else response

    def close(self) -> None:
        self._real.close()


class AsyncUnreliable(httpx.AsyncBaseTransport):
    """The same for the client with an event loop."""

    def __init__(self, *happen: object) -> None:
        self._way = Unreliable(*happen)

    @property
    def asked(self) -> list[httpx.Request]:
        return self._way.asked

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        response = self._way.handle_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=response.content)

    async def aclose(self) -> None:
        self._way.close()


class CuttingProxy:
    """Passes bytes on between clients and the server, and hangs up after part of the first ``cuts`` answers."""

    def __init__(self, address: str, cuts: int, after: int) -> None:
        self._target = httpx.URL(address)
        self._cuts, self._after = cuts, after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, socket.create_connection((self._target.host, self._target.port)) as server:
                self._pass_on(client, server)

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        client.settimeout(0.2)
        server.settimeout(5)
        asked = b""
        while b"\r\n\r\n" not in asked or not asked.endswith(b"}"):
            asked += client.recv(65_536)
        server.sendall(asked.replace(self.address.encode(), str(self._target).encode()))
        answer = server.recv(65_536)
        while b"\r\n\r\n" not in answer or not answer.endswith(b"}"):
            answer += server.recv(65_536)
        if self._cuts:
            self._cuts -= 1
            answer = answer[: self._after]
        client.sendall(answer)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # closing alone would not wake whoever accepts
        self._listener.close()
        self._thread.join(timeout=10)
