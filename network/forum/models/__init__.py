"""The tables of the forum."""

from network.forum.models.category import Access, Category
from network.forum.models.group import (
    GroupFile,
    GroupMembership,
    Meeting,
    MeetingReply,
    WorkingGroup,
)
from network.forum.models.moderation import Flag, ModerationAct
from network.forum.models.need import Need
from network.forum.models.policy import ParkStand, PolicyDocument, PolicyMatter, PolicyStep
from network.forum.models.post import (
    Mention,
    Post,
    PostFile,
    PostRevision,
    Reaction,
    Reference,
    Standing,
)
from network.forum.models.reading import Draft, Reader, ReadMark
from network.forum.models.thread import Tag, Thread, ThreadKind

__all__ = [
    "Access",
    "Category",
    "Draft",
    "Flag",
    "GroupFile",
    "GroupMembership",
    "Meeting",
    "MeetingReply",
    "Mention",
    "ModerationAct",
    "Need",
    "ParkStand",
    "PolicyDocument",
    "PolicyMatter",
    "PolicyStep",
    "Post",
    "PostFile",
    "PostRevision",
    "Reaction",
    "ReadMark",
    "Reader",
    "Reference",
    "Standing",
    "Tag",
    "Thread",
    "ThreadKind",
    "WorkingGroup",
]
