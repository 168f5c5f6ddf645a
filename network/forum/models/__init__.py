"""The tables of the forum."""

from network.forum.models.category import Access, Category
from network.forum.models.group import (
    GroupFile,
    GroupMembership,
    Meeting,
    MeetingReply,
    WorkingGroup,
)
from network.forum.models.group_joining import GroupInvitation, GroupProposal, MeetingFeed
from network.forum.models.knowledge import RoutedQuestion, ThreadArticle
from network.forum.models.moderation import Flag, ModerationAct, Screening
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
from network.forum.models.reading import CategoryRead, Draft, Reader, ReadMark
from network.forum.models.received import ReceivedMail
from network.forum.models.thread import Tag, Thread, ThreadKind

__all__ = [
    "Access",
    "Category",
    "CategoryRead",
    "Draft",
    "Flag",
    "GroupFile",
    "GroupInvitation",
    "GroupMembership",
    "GroupProposal",
    "Meeting",
    "MeetingFeed",
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
    "ReceivedMail",
    "Reference",
    "RoutedQuestion",
    "Screening",
    "Standing",
    "Tag",
    "Thread",
    "ThreadArticle",
    "ThreadKind",
    "WorkingGroup",
]
