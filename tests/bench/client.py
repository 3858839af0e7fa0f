"""The client, a process of its own: reads what to send as JSON lines and answers with how it went.

A line is `[[request, …], …]`: each list is one client's, sent one after the other over one connection, all lists at
the same time. Cookies belong to a person, whoever sends. A request has `who`, `method`, `path`, `form` (pairs) and
`keep` (whether the page itself is wanted back).
"""

from __future__ import annotations

import json
import select
import socket
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

Request = dict[str, Any]

Cookies = dict[str, dict[str, str]]


class Connection:
    """One kept-alive connection. By hand, since http.client's own work would count as the server's."""

    def __init__(self, host: str, port: int) -> None:
        self.name = f"{host}:{port}"
        self.address = (host, port)
        self.socket = _connect(self.address)

    def send(self, request: Request, cookies: dict[str, str]) -> Request:
        """Send a request; return its status, time in ms until the answer was read, where it leads, and the page."""
        message = self._message(request, cookies)
        self._open()
        began = time.perf_counter()
        self.socket.sendall(message)
        head, body = self._answer()
        taken = (time.perf_counter() - began) * 1000
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = [line.split(": ", 1) for line in lines]
        for name, value in headers:
            if name.lower() == "set-cookie":
                cookie, _, worth = value.split(";", 1)[0].partition("=")
                cookies[cookie] = worth
        location = next((value for name, value in headers if name.lower() == "location"), None)
        answer = {"status": int(status.split()[1]), "ms": taken, "location": location, "bytes": len(body)}
        return {**answer, "body": body.decode()} if request.get("keep") else answer

    def _open(self) -> None:
        """Connect anew, as browsers do, when the server has given up a connection that was idle for long."""
        if select.select([self.socket], [], [], 0)[0]:
            self.socket.close()
            self.socket = _connect(self.address)

    def _message(self, request: Request, cookies: dict[str, str]) -> bytes:
        body = urlencode([tuple(pair) for pair in request.get("form") or ()]).encode()
        lines = [
            f"{request['method']} {request['path']} HTTP/1.1",
            f"Host: {self.name}",
            f"Referer: http://{self.name}/",
            "Accept-Encoding: gzip",
            f"Cookie: {'; '.join(f'{name}={value}' for name, value in cookies.items())}",
        ]
        if body:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def _answer(self) -> tuple[bytes, bytes]:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._read()
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        while len(body) < length:
            body += self._read()
        return head, body

    def _read(self) -> bytes:
        chunk = self.socket.recv(65536)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk


def _connect(address: tuple[str, int]) -> socket.socket:
    connection = socket.create_connection(address, timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def main(host: str, port: int) -> None:
    """Answer line by line until standard input ends."""
    connections: list[Connection] = []
    cookies: Cookies = {}
    for line in sys.stdin:
        scripts = json.loads(line)
        while len(connections) < len(scripts):
            connections.append(Connection(host, port))
        print(json.dumps(_together(connections, scripts, cookies)), flush=True)


def _together(connections: list[Connection], scripts: list[list[Request]], cookies: Cookies) -> Request:
    answers: list[list[Request]] = [[] for _ in scripts]

    def play(number: int) -> None:
        for request in scripts[number]:
            try:
                answer = connections[number].send(request, cookies.setdefault(request["who"], {}))
            except OSError as error:
                answer = {"status": 0, "ms": 0.0, "location": None, "bytes": 0, "body": repr(error)}
            answers[number].append(answer)

    threads = [threading.Thread(target=play, args=(number,)) for number in range(len(scripts))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"seconds": time.perf_counter() - began, "answers": answers}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
