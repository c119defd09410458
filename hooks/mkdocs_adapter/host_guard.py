"""Answer only requests that are made to this machine, as a preview may show drafts."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]]+)(?::\d+)?", re.IGNORECASE)


def answering_only(app: WSGIApplication, address: str) -> WSGIApplication:
    """Return a WSGI application that answers only requests for this machine.

    Otherwise a page elsewhere, whose name is made to lead here (DNS rebinding), could read drafts.

    Args:
        app: The application that answers them.
        address: The host that `--dev-addr` names.
    """

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if is_own_host(environ.get("HTTP_HOST", ""), address):
            return app(environ, start_response)
        body = b"This preview answers to localhost, 127.0.0.1, [::1] and what --dev-addr names.\n"
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        start_response("403 Forbidden", headers)
        return [body]

    return guarded


def is_own_host(header: str, address: str) -> bool:
    """Return whether a request is for this machine.

    Args:
        header: The `Host` header of the request.
        address: The host that `--dev-addr` names. One that stands for every address of the machine
            admits addresses, but no names.
    """
    match = HOST.fullmatch(header)
    if match is None:
        return False
    host, named = match[1].lower(), address.lower()
    if host in LOOPBACK or host.strip("[]") == named.strip("[]"):
        return True
    try:
        everywhere = ipaddress.ip_address(named.strip("[]")).is_unspecified
        return everywhere and bool(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return False
