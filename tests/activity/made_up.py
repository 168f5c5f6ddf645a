"""Kinds and things that only the tests know, with what they hide from whom."""

from activity import kinds, things
from activity.kinds import Kind, Message, Timing
from ui.chrome import Link

# Ids of posts by the people who may not see them; None hides from everybody.
HIDDEN: dict[int, set[int] | None] = {}
ASKED: list[str] = []


def hide(number, *users):
    """Hide a post from these people, or from everybody."""
    HIDDEN[number] = {user.pk for user in users} or None


def visible(thing, user_id):
    hidden = HIDDEN.get(int(thing.partition(":")[2]), set())
    return hidden is not None and user_id not in hidden


def may_see(event, user):
    ASKED.append("one")
    return visible(event.thing, user.pk)


def messages(events, user):
    ASKED.append("many")
    return {e.pk: message(e, user) for e in events if visible(e.thing, user.pk)}


def readers(event, people):
    ASKED.append("readers")
    return {user.pk for user in people if visible(event.thing, user.pk)}


def message(event, user):
    return Message(
        event.data.get("title", f"News of {event.thing}"),
        "/parker/",
        event.data.get("text", ""),
        "Se på det",
    )


def describe(numbers, user):
    return {
        number: Link(f"Innlegg {number}", f"/innlegg/{number}/")
        for number in numbers
        if visible(f"post:{number}", user.pk)
    }


KINDS = (
    Kind("made_up.told", "Noe skjer", "Innlegg", message, may_see),
    Kind(
        "made_up.daily", "Nye innlegg", "Innlegg", message, may_see, Timing.DAILY,
        messages=messages, readers=readers,
    ),
    Kind("made_up.weekly", "Ukens innlegg", "Annet", message, may_see, Timing.WEEKLY),
    Kind("made_up.silent", "Småting", "Annet", message, may_see, Timing.NEVER),
)  # fmt: skip


def register():
    """Add them beside what the rooms have registered."""
    for kind in KINDS:
        kinds._kinds.setdefault(kind.name, kind)
    things._types.setdefault("post", things.ThingType("post", "Innlegg", describe))


def unregister():
    """Take them out again."""
    for kind in KINDS:
        kinds._kinds.pop(kind.name, None)
    things._types.pop("post", None)
    HIDDEN.clear()
    ASKED.clear()
