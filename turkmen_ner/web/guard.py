"""What a request must be before the service sees it, and the headers of every answer.

A page from elsewhere in the same browser must not reach the service: neither under a name of its own that points to
this machine (Host), nor by a request that the browser would send without asking (Origin, content type).
"""

import asyncio
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from turkmen_ner.codecs.records import dumps

LOCAL = ("127.0.0.1", "localhost", "::1")
MOST_WAITING = 200  # requests with a body at once
BODY_SECONDS = 30.0  # in which a body must arrive
READ_ANYWAY = 16  # times the limit are read and thrown away, so that a client sees the answer and not a broken pipe

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = [
    (b"content-security-policy", CONTENT_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
]


class Refusal(Exception):
    """A request that is refused: the status of the answer, and a sentence."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


def too_large(found: str, most: int) -> Refusal:
    """The refusal of a text that is too long. found (str): What was sent."""
    return Refusal(413, f"{found} are too many, expected at most {most:,} characters; see the option --max-chars")


class Guard:
    """An ASGI application around another one.

    hosts (iterable of str): Names under which the service may be asked for, without port.
    characters (int): Of all texts of a request; a body has at most the bytes that so many may take in JSON.
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], characters: int) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.characters = characters
        self.bytes = 6 * characters + 10_000  # a letter may be written \u00fd
        self.waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        try:
            self._check_host(headers.get("host", ""))
            if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                _check_sender(headers)
                if self.waiting >= MOST_WAITING:
                    raise Refusal(503, "too many requests at once, try again")
                self.waiting += 1
                try:
                    body = await asyncio.wait_for(self._body(headers, receive), BODY_SECONDS)
                    await self.app(scope, _once(body, receive), send)
                finally:
                    self.waiting -= 1
            else:
                await self.app(scope, receive, send)
        except Refusal as refusal:
            await _answer(send, refusal.status, refusal.why)
        except asyncio.TimeoutError:
            await _answer(send, 408, f"the request did not arrive within {BODY_SECONDS:g} seconds")

    def _check_host(self, host: str) -> None:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            name = ""
        if name not in self.hosts:
            known = ", ".join(sorted(self.hosts))
            raise Refusal(421, f"found the host {host!r:.80}, expected one of {known}; see the option --allow-host")

    async def _body(self, headers: dict[str, str], receive: Receive) -> bytes:
        declared = headers.get("content-length", "")
        size = int(declared) if declared.isdecimal() and len(declared) < 20 else 0
        parts: list[bytes] = []
        read = 0
        more = size <= READ_ANYWAY * self.bytes
        while more and read <= READ_ANYWAY * self.bytes:
            message = await receive()
            part = message.get("body", b"")
            read += len(part)
            more = message["type"] == "http.request" and message.get("more_body", False)
            if read <= self.bytes:
                parts.append(part)
            else:
                parts.clear()
        if max(size, read) > self.bytes:
            raise too_large(f"{max(size, read):,} bytes", self.characters)
        return b"".join(parts)


def _check_sender(headers: dict[str, str]) -> None:
    """Refuse what a page from elsewhere may send without asking."""
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers["host"]:
        raise Refusal(403, f"found a request from the page {origin!r:.80}, expected none from elsewhere")
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refusal(403, "found a request from a page elsewhere, expected none")
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, f"found the content type {kind!r:.80}, expected application/json")


def _once(body: bytes, receive: Receive) -> Receive:
    """A body that has been read, as the message of a request; then what the client does."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return messages.pop() if messages else await receive()

    return next_message


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
        await send(message)

    return sent


async def _answer(send: Send, status: int, why: str) -> None:
    body = error(why)
    size = str(len(body)).encode()
    headers: list[tuple[bytes, bytes]] = [(b"content-type", b"application/json"), (b"content-length", size)]
    if status == 503:
        headers.append((b"retry-after", b"1"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def error(why: str) -> bytes:
    """The body of an answer that says what is wrong."""
    found: dict[str, Any] = {"error": why}
    return dumps(found).encode()
