"""Days that have not come yet. Only the command line asks: a build gives the same bytes on any day, and knows none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from .problem import NOTICE, Problem
from .story import Story
from .values import OpenDate

PAST = {  # where only a day can stand that has been; a role may begin or end on one to come
    "facts": ("date", "as_of"),
    "sources": ("published", "accessed"),
    "quotes": ("date",),
    "roles": ("agreed", "as_of"),
    "updates": ("date",),
}


def today(story: Story) -> date:
    """The day that it is where the story's days are reckoned."""
    return datetime.now(ZoneInfo(story.settings.timezone)).date()


def check_today(story: Story, today: date) -> Iterator[Problem]:
    """A notice for each day after `today` on which something is said to have been done, or to have been so."""
    places = [(story.settings, field) for field in ("snapshot", "checked")]
    places += [
        (record, field)
        for records, fields in PAST.items()
        for record in getattr(story, records).values()
        for field in fields
    ]
    for record, field in places:
        day = getattr(record, field)
        day = day.date if isinstance(day, OpenDate) else day
        if day and day.first > today:
            yield record.problem(
                "this day has not come yet",
                field.replace("_", "-"),
                level=NOTICE,
                hint=f"today is {today}",
            )
