"""Writing in the forum: for members, where they write; a post is its author's."""

from uuid import uuid4

from django.core.files.base import ContentFile

from network.forum.models import Access, PostFile
from network.forum.services.drafts import Typed, save_draft
from tests.factories.accounts import UserFactory
from tests.factories.forum import CategoryFactory, known, thread
from tests.leaks.permission_table import (
    INCOMPLETE,
    MISSING,
    MOVED,
    NETWORK,
    NOT_ALLOWED,
    OK,
    OUTSIDER,
    PARK,
    ROLES,
    UNAUTHORIZED,
    Rule,
    for_roles,
    members,
)

NOBODY = for_roles()
# Staff of any park keep order where all parks meet.
MODERATORS = (OUTSIDER, PARK, NETWORK)
THREAD, POST = ("members' thread",), ("members' post",)

ADDRESSES = {
    "forum:new": Rule(members(), post=members()),
    "forum:reply": Rule(members(), post=members(then=INCOMPLETE), arguments=THREAD),
    "forum:edit": Rule(
        for_roles(*MODERATORS),
        post=for_roles(*MODERATORS, then=INCOMPLETE),
        arguments=POST,
    ),
    "forum:history": Rule(
        for_roles(*ROLES[1:], visitor=MISSING),
        arguments=POST,
    ),
    "forum:delete": Rule(NOBODY, post=NOBODY, arguments=POST),
    "forum:react": Rule(
        NOT_ALLOWED, post=members(then=MOVED), arguments=POST, sends={"press": "use:1"}
    ),
    "forum:file": Rule(
        for_roles(*ROLES[1:], visitor=MISSING),
        arguments=("members' post file",),
    ),
    "forum:drafts": Rule(members()),
    "forum:save-draft": Rule(
        NOT_ALLOWED, post=for_roles(*ROLES[1:], then=INCOMPLETE, visitor=UNAUTHORIZED)
    ),
    "forum:upload": Rule(
        NOT_ALLOWED, post=for_roles(*ROLES[1:], then=INCOMPLETE, visitor=UNAUTHORIZED)
    ),
    "forum:remove-file": Rule(NOT_ALLOWED, post=NOBODY, arguments=("draft's file",)),
    "forum:delete-draft": Rule(NOT_ALLOWED, post=NOBODY, arguments=("forum draft",)),
    "forum:preview": Rule(NOT_ALLOWED, post=members(then=OK), sends={"key": "new", "text": "Hei"}),
    "forum:suggest-people": Rule(members(), query="?q=ka&key=new"),
    "forum:suggest-threads": Rule(members(), query="?title=strekkproving"),
}


def arguments(world):
    """A thread that members alone read, with a file; and a draft that is none of the roles'."""
    made = thread(CategoryFactory(access=Access.MEMBERS), by=known())
    post = made.posts.get()
    draft = save_draft(UserFactory(), Typed(key="new", token=uuid4(), source="Utkast"))
    of_post, of_draft = PostFile(post=post, name="a.txt"), PostFile(draft=draft, name="b.txt")
    for file in (of_post, of_draft):
        file.file.save(file.name, ContentFile(b"tekst"), save=True)
    return {
        "members' thread": made.pk,
        "members' post": post.pk,
        "members' post file": of_post.pk,
        "draft's file": of_draft.pk,
        "forum draft": draft.pk,
    }
