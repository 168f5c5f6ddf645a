"""Park staff write, the network's editors approve: the workflow, and who is told of it.

Wagtail's own letters would be sent inside the request that moves the workflow; the activity
mechanism tells of articles instead, by what each person has chosen.
"""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from accounts.roles import NETWORK_ADMINISTRATORS, PARK_STAFF
from pages.practice import notices
from pages.practice.models import PracticeIndexPage, PracticePage
from search.projection import recording

NAME: Final = "Godkjenning av god praksis"
TASK: Final = "Nettverkets redaksjon leser og godkjenner"
WAGTAILS_OWN: Final = (
    (task_submitted, TaskState, "group_approval_task_submitted"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected"),
    (workflow_approved, WorkflowState, "workflow_state_approved"),
)


def set_up_workflow() -> list[str]:
    """Let park staff write below the lists, and editors approve; gives what was put in place.

    What is there already is left as those who run the network have changed it.
    """
    made: list[str] = []
    with recording():
        workflow, is_new = Workflow.objects.get_or_create(name=NAME)
        if is_new:
            editors, _ = Group.objects.get_or_create(name=NETWORK_ADMINISTRATORS)
            task = GroupApprovalTask.objects.create(name=TASK)
            task.groups.add(editors)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
            made.append("workflow")
        writers, _ = Group.objects.get_or_create(name=PARK_STAFF)
        may_add = Permission.objects.get(content_type__app_label="wagtailcore", codename="add_page")
        for index in PracticeIndexPage.objects.all():
            # The permission is what tells that this list was seen to before.
            _link, is_new = GroupPagePermission.objects.get_or_create(
                group=writers, page=index, permission=may_add
            )
            if is_new:
                WorkflowPage.objects.get_or_create(page=index, defaults={"workflow": workflow})
                made.append(f"list:{index.pk}")
    return made


def connect() -> None:
    """Tell of workflows through the activity mechanism, and not by Wagtail's own letters."""
    for signal, sender, name in WAGTAILS_OWN:
        # Theirs are connected later, under these names, and not where a name is taken.
        signal.connect(_write_no_letter, sender=sender, dispatch_uid=f"{name}_email_notification")
    workflow_submitted.connect(_submitted, dispatch_uid="practice.submitted")
    workflow_approved.connect(_approved, dispatch_uid="practice.approved")
    workflow_rejected.connect(_rejected, dispatch_uid="practice.rejected")


def _write_no_letter(**_: Any) -> None:
    """Stands where Wagtail would send one at once."""


def _article_of(state: WorkflowState) -> PracticePage | None:
    found = state.content_object
    return found.specific if isinstance(getattr(found, "specific", None), PracticePage) else None


def _submitted(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    page = _article_of(instance)
    if page is not None:
        notices.tell_submitted(page, user)


def _approved(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    _decided(instance, user, approved=True)


def _rejected(instance: WorkflowState, user: Any = None, **_: Any) -> None:
    _decided(instance, user, approved=False)


def _decided(state: WorkflowState, user: Any, *, approved: bool) -> None:
    page = _article_of(state)
    if page is None:
        return
    last = state.task_states.order_by("-finished_at", "-pk").first()
    comment = last.comment if last is not None else ""
    notices.tell_decided(page, user, approved=approved, comment=comment)
