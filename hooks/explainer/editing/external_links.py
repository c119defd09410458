"""Ask the addresses that the content cites whether they answer.

This is the only module that uses the network, and only when an editor asks.
"""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from explainer.problems import WARNING, Problem
from explainer.schema.record import Record
from explainer.story.story import Story

AGENT = "explainer-links/1 (checks once whether a cited page is still there)"


TO_PROGRAMS = {401, 403, 429, 451, 503}  # what hosts say that answer people but not programs


HINT = "perhaps it answers people only: look yourself"


def external_urls(story: Story) -> dict[str, list[tuple[Record, str]]]:
    """Return every external address of the story, without its fragment, and the fields it is in."""
    places: dict[str, list[tuple[Record, str]]] = {}
    fields: list[tuple[Record, str, str | None]] = [
        *((source, "url", source.url) for source in story.sources.values()),
        (story.settings, "report", story.settings.report),
    ]
    for record, field, address in fields:
        if address and address.startswith(("http://", "https://")):
            places.setdefault(urldefrag(address).url, []).append((record, field))
    return places


def broken_links(story: Story, timeout: float = 20, pause: float = 1) -> Iterator[Problem]:
    """Ask each address once, one after the other; yield a warning for each field with a broken one.

    Args:
        story: The story.
        timeout: Seconds after which a silent host counts as not answering.
        pause: Seconds between two requests to the same host.
    """
    asked: dict[str, float] = {}  # host -> when it was asked last
    for address, places in external_urls(story).items():
        host = urlsplit(address).netloc
        time.sleep(
            max(0, asked.get(host, -pause) + pause - time.monotonic()) if host in asked else 0
        )
        failure, hint = ask(address, timeout)
        asked[host] = time.monotonic()
        for record, field in places if failure else ():
            yield record.problem(
                f"{address}: {failure}", field, level=WARNING, hint=hint, code="unreachable-url"
            )


def ask(address: str, timeout: float) -> tuple[str, str]:
    """Return why an address does not answer, and a hint; both are empty where it does.

    Some hosts refuse a HEAD request, so that a GET request follows.
    """
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(
                _ascii(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"}
            )
            with urllib.request.urlopen(request, timeout=timeout):
                return "", ""
        except urllib.error.HTTPError as error:
            failure, hint = (
                f"{error.code} {error.reason}",
                HINT if error.code in TO_PROGRAMS else "",
            )
        except (
            OSError,
            http.client.HTTPException,
            ValueError,
        ) as error:  # ValueError: no address at all
            error = getattr(error, "reason", error)  # an URLError wraps what the system said
            failure, hint = (
                getattr(error, "strerror", None) or str(error) or type(error).__name__,
                "",
            )
    return failure, hint


def _ascii(address: str) -> str:
    """Return an address as it goes over the wire (RFC 3987, 3.1).

    The host is in Punycode, other letters are percent-encoded UTF-8.
    """
    parts = urlsplit(address)
    return urlunsplit(
        (
            parts.scheme,
            parts.netloc.encode("idna").decode(),
            quote(parts.path, "%/:@!$&'()*+,;=~"),
            quote(parts.query, "%/:@!$&'()*+,;=~?"),
            "",
        )
    )
