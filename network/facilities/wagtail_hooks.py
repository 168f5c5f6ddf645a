"""What the admin learns from this room: who reaches what, the menu, the words of the history."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from network.facilities import notices, reviewing, services
from network.facilities.freshness.services import STEPPED
from network.facilities.models import Facility, FreshnessStep
from network.facilities.permissions import facilities_within_reach
from network.facilities.review_admin import ApproveTerms, MergeTerms
from network.facilities.viewsets import FacilityGroup
from network.policies import ScopedPermissionPolicy

_MATERIAL = [Facility._meta.get_field(name).attname for name in sorted(notices.MATERIAL)]

register_permission_policy(Facility, ScopedPermissionPolicy(Facility, facilities_within_reach))
register_snippet(FacilityGroup)
hooks.register("register_bulk_action", ApproveTerms)
hooks.register("register_bulk_action", MergeTerms)


@hooks.register("register_log_actions")
def register_review_actions(actions: Any) -> None:
    """What can happen to a term of a vocabulary."""
    actions.register_action(reviewing.APPROVED, _("Approve"), _("Approved as a filter"))
    actions.register_action(reviewing.MERGED, _("Merge"), _("Another term was merged into this"))


class FollowedUp(LogFormatter):
    """A step because nobody had confirmed the entry."""

    label = _("Follow up")

    def format_message(self, log_entry: Any) -> Any:
        """Which step it was."""
        step = FreshnessStep(log_entry.data["step"]).label
        return gettext("Followed up because nobody had confirmed it: %(step)s") % {"step": step}


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """What can happen to a facility outside the admin's forms."""
    actions.register_action(services.CONFIRMED, _("Confirm"), _("Confirmed that all is right"))
    actions.register_action(services.WITHDRAWN, _("Withdraw"), _("Taken off the site"))
    actions.register_action(services.PUBLISHED, _("Publish"), _("Shown to everybody"))
    actions.register_action(STEPPED)(FollowedUp)
    for name, label, message in (
        ("suggest_term", _("Suggest term"), _("Term suggested")),
        ("accept_term", _("Take in term"), _("Suggested term taken in")),
        ("recognise_term", _("Recognise term"), _("Suggested term known by another name")),
        ("refuse_term", _("Refuse term"), _("Suggested term refused")),
    ):
        actions.register_action(f"facilities.{name}", label, message)


@hooks.register("after_create_snippet")
def tell_of_created(request: HttpRequest, instance: Any) -> None:
    """A facility that the admin's form made is news to those who follow its park or host."""
    if isinstance(instance, Facility) and instance.published:
        notices.tell_new(instance, request.user)


@hooks.register("before_edit_snippet")
def remember_before(request: HttpRequest, instance: Any) -> None:
    """Keep what the facility was, for what comes after."""
    if isinstance(instance, Facility) and request.method == "POST":
        before = Facility.objects.filter(pk=instance.pk).values("published", *_MATERIAL).first()
        request.facility_before = before  # type: ignore[attr-defined]  # ours alone


@hooks.register("after_edit_snippet")
def tell_of_edited(request: HttpRequest, instance: Any) -> None:
    """Tell what the admin's form has changed, as the services tell it."""
    before = getattr(request, "facility_before", None)
    if not isinstance(instance, Facility) or before is None:
        return
    if instance.published and not before["published"]:
        notices.tell_new(instance, request.user)
    elif before["published"] and not instance.published:
        notices.tell_withdrawn(instance, request.user)
    elif any(getattr(instance, name) != before[name] for name in _MATERIAL):
        notices.tell_changed(instance, request.user)
