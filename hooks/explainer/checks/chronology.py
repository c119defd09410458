"""Checks of time: what overtook what, and who held which office when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from explainer.problems import MAX_SUGGESTIONS, NOTICE, WARNING, Problem
from explainer.schema.date_types import OpenDate
from explainer.schema.records import Role
from explainer.story.story import Story


def check_fact_order(story: Story) -> Iterator[Problem]:
    """Plans and states alone are overtaken, by something not older, never in a circle; no date lies ahead."""
    checked, circles = story.settings.checked, _circles(story)
    for fact in story.facts.values():
        if checked.is_before(fact.date):
            yield fact.problem(
                f"the date lies after {checked}, when the story was last checked",
                "date",
                level=WARNING,
                hint="see `checked` in story.yml",
            )
        if fact.as_of and fact.as_of.is_before(fact.date):
            yield fact.problem(
                f"as-of ({fact.as_of}) comes before the fact's own date ({fact.date})",
                "as-of",
                hint="`as-of` is the date to which it was checked that the state still held",
            )
        if not fact.overtaken:
            continue
        if fact.status != "announced" and not fact.state:
            yield fact.problem(
                "an event cannot be overtaken: it happened",
                "overtaken",
                key=True,
                hint="only a plan (status: announced) or a state (state: true) can",
            )
        later = story.facts.get(fact.overtaken)
        if fact.id in circles:
            yield fact.problem(
                f'"{fact.id}" overtakes itself in a circle', "overtaken", hint=circles[fact.id]
            )
        elif later and later.date.is_before(fact.date):
            yield fact.problem(
                f'"{later.id}" ({later.date}) is older than what it is said to overtake ({fact.date})',
                "overtaken",
                hint="name the fact that came after it",
            )


def check_published(story: Story) -> Iterator[Problem]:
    """A source cannot confirm what had not happened when it was published."""
    for fact in story.facts.values():
        if fact.status != "confirmed" or story.settings.checked.is_before(fact.date):
            continue  # of a date that lies ahead, `check_time` says so
        sources = [story.sources.get(cited.source) for cited in fact.cites]
        days = [source.published.date if source else None for source in sources]
        if all(day and day.is_before(fact.date) for day in days):
            yield fact.problem(
                f"every source of this fact was published before its date ({fact.date})",
                "cites",
                level=WARNING,
                key=True,
                hint="cite one from after it, or say what was known: status: announced",
                code="source-before-fact",
            )


def _circles(story: Story) -> dict[str, str]:
    """For each fact that is overtaken in a circle, the circle in a line: each fact is looked at once."""
    circles: dict[str, str] = {}
    met: set[str] = set()
    for fact in story.facts.values():
        chain: dict[str, None] = {}  # from the fact on, what overtook it, and what overtook that
        while fact and fact.id not in met:
            met.add(fact.id)
            chain[fact.id] = None
            fact = story.facts.get(fact.overtaken)
        if fact and fact.id in chain:
            circle = [*chain][[*chain].index(fact.id) :]
            circles |= {
                id: " → ".join([*circle[n:], *circle[: n + 1]][:MAX_SUGGESTIONS])
                for n, id in enumerate(circle)
            }
    return circles


def check_roles(story: Story) -> Iterator[Problem]:
    """A role begins before it ends, and an office for one person has one holder at a time."""
    for role in story.roles.values():
        start, end = role.from_.date, role.until.date
        if start and end and not start.first < end.last:
            yield role.problem(
                f"the role ends ({end}) before it begins ({start})",
                "until",
                hint="`until` is the first day on which it was over",
            )
        if role.agreed and start and start.is_before(role.agreed):
            yield role.problem(
                f"the role was agreed ({role.agreed}) after it began ({start})",
                "agreed",
                hint="`agreed` is for what was agreed before it was formal",
            )
        if role.until.word == "ongoing" and not role.as_of:
            yield role.problem(
                "an ongoing role says to which date that was checked",
                "until",
                hint=f"as-of: and the date, as in as-of: {story.settings.checked}",
            )
    held: dict[str, list[Role]] = {}
    for role in story.roles.values():
        if role.office in story.offices and story.offices[role.office][1].single and _end(role):
            held.setdefault(role.office, []).append(role)
    for roles in held.values():
        longest, *others = sorted(roles, key=_start)
        for role in others:
            if _start(role) < _end(longest) and _start(longest) < _end(role):
                yield role.problem(
                    f'"{longest.id}" holds the same office at the same time',
                    "from",
                    hint="`until` is exclusive: a handover on one day is no overlap",
                )
            longest = max(longest, role, key=_end)


def _start(role: Role) -> date:
    """The last day on which a role may have begun."""
    latest = role.from_.date or role.until.date  # whatever has ended began before that
    return latest.last if latest else date.max - timedelta(1)


def _end(role: Role) -> date | None:
    """The first day on which a role may have been over; None where its end is not known, which proves nothing."""
    return date.max if role.until.word == "ongoing" else role.until.date and role.until.date.first


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


def check_future_dates(story: Story, today: date) -> Iterator[Problem]:
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
