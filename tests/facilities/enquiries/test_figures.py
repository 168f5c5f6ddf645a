"""A year's figures: who sees which, what they count, and how they are taken along."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from network.facilities.enquiries.services import answering
from network.facilities.enquiries.yearly import YearFigures
from network.facilities.models import FacilityRequest
from tests.factories.accounts import UserFactory, network_administrator, staff_of
from tests.factories.enquiries import request_of, sent_enquiry
from tests.factories.network import OrganisationFactory, ParkFactory

pytestmark = pytest.mark.django_db
LIST = "/foresporsler/tall/"


@pytest.fixture
def asked(asker, shaker, shaker_host):
    """Twelve small metal works and one large one asked; six were answered after two hours."""
    enquiries = [
        sent_enquiry(shaker, asker=asker, company_size="small", sector="metal") for _ in range(12)
    ]
    enquiries.append(sent_enquiry(shaker, asker=asker, company_size="large", sector="energy"))
    for enquiry in enquiries[:6]:
        answering.ask_question(request_of(enquiry), "Hvor tungt?", by=shaker_host)
    answered = FacilityRequest.objects.filter(first_answer_at__isnull=False)
    answered.update(first_answer_at=timezone.now() + timedelta(hours=2))
    return enquiries


def cells(facility, title):
    (breakdown,) = [each for each in facility.breakdowns if each.title == title]
    return {row.label: row.counts for row in breakdown.rows}


def test_totals_are_rounded_and_the_median_is_told(asked, shaker, shaker_host):
    (facility,) = YearFigures(shaker_host, "").facilities
    assert facility.totals == (15, 5, None, None, None)
    assert facility.median_hours == 2


def test_a_small_class_takes_the_next_one_along(asked, shaker_host):
    (facility,) = YearFigures(shaker_host, "").facilities
    shown = set(cells(facility, "Etter bedriftens størrelse").values())
    # Beside the sum, the twelve would tell the one.
    assert shown == {(None,) * 5}


def test_those_who_did_not_say_are_classed_by_their_organisation(asker, shaker, shaker_host):
    school = OrganisationFactory(kind="education")
    works = OrganisationFactory(industry_code="24.10", industry_code_version="SN2007")
    for organisation in (school, works):
        for _ in range(8):
            sent_enquiry(shaker, asker=asker, organisation=organisation)
    (facility,) = YearFigures(shaker_host, "").facilities
    sizes = cells(facility, "Etter bedriftens størrelse")
    # The eight of whom nothing is known keep company with the empty classes.
    assert sizes["forskning eller utdanning"][0] in {None, 10}
    assert {label for label, counts in cells(facility, "Etter bransje").items() if counts[0]} <= {
        "metall og maskin",
        "ikke oppgitt",
    }


def test_only_hosts_staff_and_the_network_see_figures_and_only_their_own(
    client, asked, park, shaker, shaker_host, oven_host
):
    page = reverse("enquiries:facility-figures", args=[shaker.slug])
    for user, status in (
        (shaker_host, 200), (staff_of(park), 200), (network_administrator(), 200),
        (oven_host, 404), (staff_of(ParkFactory()), 404), (UserFactory(), 404),
    ):  # fmt: skip
        client.force_login(user)
        assert client.get(page).status_code == status
        assert (shaker.name_nb in client.get(LIST).text) == (status == 200)


def test_the_sample_and_other_years_are_not_counted(asked, shaker_host):
    asked[0].sample = True
    asked[0].save()
    FacilityRequest.objects.filter(enquiry=asked[1]).update(
        sent_at=timezone.now() - timedelta(days=400)
    )
    figures = YearFigures(shaker_host, "")
    (facility,) = figures.facilities
    assert facility.totals[0] == 10
    assert len(figures.years) > 1
    assert [each.totals[0] for each in YearFigures(shaker_host, "1066").facilities] == [10]


def test_a_table_is_taken_along_and_holds_no_formula(client, asked, shaker, shaker_host):
    shaker.name_nb = "=HYPERLINK(1)"
    shaker.save()
    client.force_login(shaker_host)
    text = client.get(f"{LIST}eksport.csv").content.decode("utf-8-sig")
    heading, total, *rows = csv.reader(io.StringIO(text))
    assert heading[4:9] == ["Spurt", "Besvart", "Fått tilbud", "Bestilt", "Brukt"]
    assert total[1] == "'=HYPERLINK(1)"
    assert total[4:] == ["15", "5", "", "", "", "2"]
    assert len(rows) == 7 + 9
    book = load_workbook(io.BytesIO(client.get(f"{LIST}eksport.xlsx").content))
    assert "f" not in {cell.data_type for row in book.active.iter_rows() for cell in row}


def test_the_page_asks_the_database_as_often_for_many_as_for_one(
    client, asked, shaker_host, django_assert_max_num_queries
):
    client.force_login(shaker_host)
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_the_page_is_there_in_english(client, asked, shaker, shaker_host):
    client.force_login(shaker_host)
    text = client.get(f"/en/enquiries/figures/{shaker.slug}/").text
    assert "By size of the company" in text
    assert "fewer than five" in text
