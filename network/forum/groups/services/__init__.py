"""Every change of working groups, their members, meetings and files."""

from network.forum.groups.services.feeds import feed_digest, make_feed, stop_feed
from network.forum.groups.services.files import add_files, delete_file
from network.forum.groups.services.founding import (
    FOUNDED_WITH,
    edit_group,
    end_group,
    found_group,
    keep_category,
    reopen_group,
)
from network.forum.groups.services.inviting import (
    accept_invitation,
    decline_invitation,
    find_invitation,
    invitations_to,
    invite,
    is_addressee,
    lapse_invitation,
    withdraw_invitation,
)
from network.forum.groups.services.joining import (
    accept_application,
    apply,
    decline_application,
    join,
    withdraw_application,
)
from network.forum.groups.services.meetings import (
    call_meeting,
    cancel_meeting,
    change_meeting,
    record_attendance,
    reply,
    write_minutes,
)
from network.forum.groups.services.members import forget, leave, remove_member, set_role
from network.forum.groups.services.proposing import (
    accept_proposal,
    propose,
    refuse_proposal,
    withdraw_proposal,
)

__all__ = [
    "FOUNDED_WITH",
    "accept_application",
    "accept_invitation",
    "accept_proposal",
    "add_files",
    "apply",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "decline_application",
    "decline_invitation",
    "delete_file",
    "edit_group",
    "end_group",
    "feed_digest",
    "find_invitation",
    "forget",
    "found_group",
    "invitations_to",
    "invite",
    "is_addressee",
    "join",
    "keep_category",
    "lapse_invitation",
    "leave",
    "make_feed",
    "propose",
    "record_attendance",
    "refuse_proposal",
    "remove_member",
    "reopen_group",
    "reply",
    "set_role",
    "stop_feed",
    "withdraw_application",
    "withdraw_invitation",
    "withdraw_proposal",
    "write_minutes",
]
