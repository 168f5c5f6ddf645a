"""What of somebody is handed out, and what is left when they go."""

import pytest

from accounts import personal
from network.forum.models import (
    CategoryRead,
    Draft,
    Mention,
    Post,
    PostRevision,
    Reaction,
    Reader,
    ReadMark,
    Thread,
)
from network.forum.reading.unread import catch_up, note_read
from network.forum.services.posting import edit_post
from network.forum.services.reacting import react
from tests.factories.accounts import UserFactory
from tests.factories.forum import CategoryFactory, post, thread

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def busy():
    """Somebody who has written, reacted, begun something, and read."""
    person = UserFactory(first_name="Kari")
    own = thread(by=person, title="Kari spør", text="Først")
    edit_post(person, own.posts.get(), "Rettet")
    other = thread(title="Andres")
    answered = post(other, by=person, text="Kari svarer")
    Post.objects.filter(pk=answered.pk).update(byline="Karis verksted")
    Mention.objects.create(post=other.posts.get(number=1), user=person)
    liked = other.posts.get(number=1)
    react(person, liked, "use", on=True)
    react(UserFactory(), liked, "use", on=True)
    Draft.objects.create(user=person, key="new", title="Halvferdig", source="Kladd")
    catch_up(person, CategoryFactory())
    Reader.objects.get_or_create(user=person, defaults={"caught_up_at": own.created_at})
    note_read(person, other.pk, 2)
    return person


def parts():
    return {each.name: each for each in personal.registered() if each.name.startswith("forum-")}


def test_everything_that_somebody_wrote_and_read_is_handed_out(busy):
    told = {name: list(each.export(busy)) for name, each in parts().items()}
    posts = told["forum-posts"]
    assert [row["text"] for row in posts if "text" in row] == ["Rettet", "Kari svarer"]
    assert posts[0]["earlier"][0]["text"] == "Først"
    assert any(row.get("mentioned_in") == "Andres" for row in posts)
    assert [row["thread"] for row in told["forum-reactions"]] == ["Andres"]
    assert told["forum-drafts"][0]["text"] == "Kladd"
    assert {"all_read_until", "category", "read_to_post"} <= {
        key for row in told["forum-reading"] for key in row
    }


def test_what_others_answered_stays_without_the_name_and_the_rest_goes(busy):
    for each in parts().values():
        each.erase(busy)
    own, other = Thread.objects.get(title="Kari spør"), Thread.objects.get(title="Andres")
    assert own.author is own.last_author is other.last_author is None
    answered = other.posts.get(number=2)
    assert (answered.author, answered.byline, answered.source) == (None, "", "Kari svarer")
    assert not PostRevision.objects.filter(by=busy).exists()
    for model in (Draft, Mention, Reaction, ReadMark, Reader, CategoryRead):
        assert not model.objects.filter(user=busy).exists(), model


def test_reactions_are_counted_truly_afterwards(busy):
    parts()["forum-reactions"].erase(busy)
    assert Thread.objects.get(title="Andres").posts.get(number=1).reactions == {"use": 1}
