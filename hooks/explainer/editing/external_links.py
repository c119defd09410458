"""Do the addresses that the content gives still answer? The only module that uses the network, and only when asked to."""

from __future__ import annotations

import http.client
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from explainer.problems import WARNING, Problem
from explainer.story.story import Story

AGENT = "explainer-links/1 (checks once whether a cited page is still there)"


TO_PROGRAMS = {401, 403, 429, 451, 503}  # what hosts say that answer people but not programs


HINT = "perhaps it answers people only: look yourself"


def external_urls(story: Story) -> dict[str, list[tuple[object, str]]]:
    """Every address of another host that the story gives, without its fragment: by which record and in which field."""
    found: dict[str, list[tuple[object, str]]] = {}
    for record, field, address in [
        (source, "url", source.url) for source in story.sources.values()
    ] + [(story.settings, "report", story.settings.report)]:
        if address and address.startswith(("http://", "https://")):
            found.setdefault(urldefrag(address).url, []).append((record, field))
    return found


def broken_links(story: Story, timeout: float = 20, pause: float = 1) -> Iterator[Problem]:
    """Ask each address once, one after the other; a warning for each place that gives one which does not answer.

    A host waits `pause` seconds between two questions; one that says nothing for `timeout` seconds has not answered.
    """
    asked: dict[str, float] = {}  # host -> when it was asked last
    for address, places in external_urls(story).items():
        host = urlsplit(address).netloc
        time.sleep(
            max(0, asked.get(host, -pause) + pause - time.monotonic()) if host in asked else 0
        )
        wrong, hint = ask(address, timeout)
        asked[host] = time.monotonic()
        for record, field in places if wrong else ():
            yield record.problem(f"{address}: {wrong}", field, level=WARNING, hint=hint)


def ask(address: str, timeout: float) -> tuple[str, str]:
    """What is wrong with an address, with a hint, both empty where it answers: its head, else, as some hosts refuse that, the page."""
    for method in ("HEAD", "GET"):
        try:
            request = urllib.request.Request(
                _ascii(address), method=method, headers={"User-Agent": AGENT, "Accept": "*/*"}
            )
            with urllib.request.urlopen(request, timeout=timeout):
                return "", ""
        except urllib.error.HTTPError as error:
            wrong, hint = f"{error.code} {error.reason}", HINT if error.code in TO_PROGRAMS else ""
        except (
            OSError,
            http.client.HTTPException,
            ValueError,
        ) as error:  # ValueError: no address at all
            error = getattr(error, "reason", error)  # an URLError wraps what the system said
            wrong, hint = getattr(error, "strerror", None) or str(error) or type(error).__name__, ""
    return wrong, hint


def _ascii(address: str) -> str:
    """An address as it goes over the wire (RFC 3987, 3.1): the host in Punycode, other letters as percent-encoded UTF-8."""
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
