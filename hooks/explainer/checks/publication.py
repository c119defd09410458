"""Check what must be real before a site is published: its address, publisher and contact."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from explainer.problems import ERROR, NOTICE, Problem
from explainer.reading.site_url import Setting, encoded
from explainer.story.story import Story

# Names of hosts that are reserved for examples and tests (RFC 2606, RFC 6761).
RESERVED = re.compile(
    r"(?<![\w-])(?:"
    r"(?:[\w-]+\.)+(?:example|test|invalid|localhost)|(?:[\w-]+\.)*example\.(?:com|net|org)"
    r"|localhost|127\.0\.0\.1"
    r")(?![\w-]|\.\w)",
    re.IGNORECASE,
)


def publishing() -> bool:
    """Return whether the site is to be published; `make` sets EXPLAINER_PUBLISH from PUBLISH=1."""
    return os.environ.get("EXPLAINER_PUBLISH", "").lower() not in ("", "0", "no", "false")


def check_publication(story: Story, setting: Setting, publish: bool) -> Iterator[Problem]:
    """Yield each placeholder that readers would see.

    Args:
        story: The story with its settings.
        setting: The address of the site.
        publish: Whether the site is to be published; if not, placeholders are notices.
    """
    level = ERROR if publish else NOTICE
    yield from _check_site_url(setting, level)
    settings = story.settings
    fields = (
        ("publisher", settings.publisher.values(), "write who publishes the site"),
        ("report", [settings.report], "write where readers report an error: mailto:…"),
    )
    for field, texts, hint in fields:
        name = next(filter(None, map(placeholder, texts)), None)
        if name:
            yield settings.problem(
                f"{field} names a placeholder: {name}",
                field,
                hint=hint,
                level=level,
                code="placeholder",
            )


def _check_site_url(setting: Setting, level: str) -> Iterator[Problem]:
    name = placeholder(setting.value)
    if not setting.value:
        yield setting.problem(
            "site_url is not set",
            "site_url: https:// and where the site will be published",
            "missing-site-url",
            level,
        )
    elif name:
        yield setting.problem(
            f"site_url names a placeholder: {name}",
            "write where the site will be published, or set SITE_URL for one build",
            "placeholder",
            level,
        )
    try:
        encoded(setting.value)
    except ValueError as error:
        yield setting.problem(
            f"the host of site_url cannot be encoded: {error}",
            "write it in ASCII: https://xn--….org/",
            "invalid-site-url",
        )


def placeholder(text: str) -> str | None:
    """Return the first reserved name in a text, such as `explainer.example`, if there is one."""
    match = RESERVED.search(text)
    return match[0] if match else None
