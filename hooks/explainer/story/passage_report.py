"""Citations: is the passage that a citation names really in the source, and only once?

Checked against private copies of the sources, which are never published. A passage is matched exactly,
after folding Unicode form, white space and quotation marks and nothing else: an inexact match proves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

FOUND, UNCHECKED = "found", "unchecked"


@dataclass
class PassageReport:
    """What the citation check found: a state for each passage, and figures for the closing line."""

    states: dict[tuple[str, int], str] = field(
        default_factory=dict
    )  # (record's id, citation's index) -> state
    found: int = 0
    unchecked: int = 0

    def summary(self) -> str:
        """`91 passages found`, and how many could not be checked for want of a copy."""
        parts = (
            [f"{self.found} passages found in their source"]
            if self.found or not self.unchecked
            else []
        )
        if self.unchecked:
            parts.append(
                f"{self.unchecked} passages not checked: no copy of the source at hand (EXPLAINER_SOURCES)"
            )
        return "; ".join(parts)
