"""Park staff write, editors approve, and both are told of it."""

import pytest
from django.core import mail
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from activity.models import Notification
from activity.queues import queues_of
from pages.practice.models import PracticePage
from pages.practice.workflow import NAME, set_up_workflow
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.network import ParkFactory
from tests.factories.practice import make_article, practice_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def workflow():
    set_up_workflow()
    return Workflow.objects.get(name=NAME)


@pytest.fixture
def writer():
    return staff_of(ParkFactory())


def told(person):
    return list(Notification.objects.filter(user=person).values_list("event__kind", flat=True))


def submitted(workflow, writer):
    page = make_article(live=False, owner=writer)
    workflow.start(page, writer)
    return page


def test_setting_up_twice_changes_nothing(workflow):
    assert set_up_workflow() == []
    assert Workflow.objects.filter(name=NAME).count() == 1


def test_what_those_who_run_the_network_have_changed_stays(workflow):
    WorkflowPage.objects.all().delete()
    assert set_up_workflow() == []
    assert not WorkflowPage.objects.exists()


def test_park_staff_write_below_the_lists_and_nowhere_else(client, workflow, writer):
    client.force_login(writer)
    index = practice_index()
    assert client.get(f"/admin/pages/add/pages/practicepage/{index.pk}/").status_code == 200
    home = index.get_parent()
    assert client.get(f"/admin/pages/add/pages/sectionpage/{home.pk}/").status_code == 302
    assert GroupPagePermission.objects.filter(page=index).count() == 1


def test_park_staff_cannot_publish(client, workflow, writer):
    page = make_article(live=False, owner=writer)
    assert page.permissions_for_user(writer).can_edit()
    assert not page.permissions_for_user(writer).can_publish()


def test_park_staff_leave_what_others_wrote_alone(workflow, writer):
    page = make_article(live=False, owner=UserFactory())
    assert not page.permissions_for_user(writer).can_edit()


def test_the_form_has_its_tabs_and_help(client, workflow, writer):
    client.force_login(writer)
    address = f"/admin/pages/add/pages/practicepage/{practice_index().pk}/"
    text = client.get(address).content.decode()
    for words in ("Hva som skjedde", "Effekt i tall", "Lærdom", "Hvem og hvor", "Slik skriver du"):
        assert words in text


def test_editors_are_told_of_what_is_submitted_and_no_letter_goes_at_once(workflow, writer):
    editor = network_administrator()
    submitted(workflow, writer)
    assert told(editor) == ["practice.submitted"]
    assert mail.outbox == []


def test_what_is_submitted_waits_in_the_editors_queue(workflow, writer):
    submitted(workflow, writer)
    labels = [(queue.label, queue.waiting) for queue in queues_of(network_administrator())]
    assert ("Artikler som venter på godkjenning", 1) in labels
    assert [q.label for q in queues_of(writer) if "godkjenning" in q.label] == []


def test_approving_publishes_and_tells_the_writer(workflow, writer):
    page, editor = submitted(workflow, writer), network_administrator()
    page.current_workflow_task_state.approve(user=editor, comment="Fin.")
    assert PracticePage.objects.get(pk=page.pk).live
    assert "practice.decided" in told(writer)
    event = Notification.objects.get(user=writer, event__kind="practice.decided").event
    assert (event.data["approved"], event.data["comment"]) == (True, "Fin.")
    assert mail.outbox == []


def test_sending_back_tells_the_writer_why(workflow, writer):
    page, editor = submitted(workflow, writer), network_administrator()
    page.current_workflow_task_state.reject(user=editor, comment="Hva kostet det?")
    event = Notification.objects.get(user=writer, event__kind="practice.decided").event
    assert (event.data["approved"], event.data["comment"]) == (False, "Hva kostet det?")
    assert not PracticePage.objects.get(pk=page.pk).live
