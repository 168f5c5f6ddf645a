"""Posts that are reported or held back, as the tests of moderation need them."""

from network.forum.models import Flag, Post, Standing, Thread
from network.forum.moderation.services.deciding import flag
from network.forum.services.posting import NewThread, answer, start_thread
from tests.factories.accounts import UserFactory
from tests.factories.forum import CategoryFactory, thread


def newcomer(**values):
    """Somebody of whom nothing was published, and who belongs nowhere."""
    return UserFactory(**values)


def growing(published=1):
    """Somebody of whom a little was published."""
    person = UserFactory()
    Standing.objects.create(user=person, published=published)
    return person


def held_back(to=None, by=None, text="Jeg er ny her."):
    """A newcomer's answer, which waits for a moderator."""
    made = answer(by or newcomer(), to or thread(), text)
    assert made.state == "pending"
    return fresh(made)


def held_back_thread(category=None, by=None, title="Hei fra en ny"):
    """A newcomer's thread, which waits for a moderator."""
    new = NewThread(category or CategoryFactory(), "discussion", title, "Jeg er ny her.")
    return start_thread(by or newcomer(), new)


def report(post, by=None, reason=Flag.Reason.RUDE, text=""):
    """A reader's report of a post."""
    return flag(by or UserFactory(), post, reason, text)


def fresh(thing):
    """A post or thread as it is in the database, with what services need of it."""
    if isinstance(thing, Post):
        return Post.objects.select_related("thread__category", "author").get(pk=thing.pk)
    if isinstance(thing, Thread):
        return Thread.objects.select_related("category").get(pk=thing.pk)
    return type(thing).objects.get(pk=thing.pk)


def counts(thing):
    """What a thread says of its posts."""
    thing = fresh(thing)
    return thing.post_count, thing.last_number, thing.last_author_id


def true_counts(thing):
    """The same, counted."""
    posts = Post.objects.filter(thread=thing.pk)
    shown = posts.filter(state="published").order_by("-created_at", "-number")
    last = max(posts.values_list("number", flat=True), default=0)
    return shown.count(), last, shown[0].author_id if shown else fresh(thing).author_id
