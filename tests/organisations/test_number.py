"""The organisation number and what else the model insists on."""

import pytest
from django.core.exceptions import ValidationError

from network.organisations.models import Organisation, validate_organisation_number
from tests.factories.network import OrganisationFactory

NUMBER = "974760673"


@pytest.mark.parametrize("number", [NUMBER, "974 760 673", "974\N{NO-BREAK SPACE}760 673"])
def test_a_right_number_passes_with_or_without_spaces(number):
    validate_organisation_number(number)


@pytest.mark.parametrize(
    "number",
    [
        "974760674",
        "97476067",
        "9747606733",
        "abcdefghi",
        "NO974760673MVA",
        "000000001",
        "٩٧٤٧٦٠٦٧٣x",
    ],
)
def test_a_wrong_number_does_not(number):
    with pytest.raises(ValidationError):
        validate_organisation_number(number)


@pytest.mark.django_db
class TestStored:
    def test_without_its_spaces(self):
        organisation = OrganisationFactory.build(number="974 760 673")
        organisation.full_clean()
        organisation.save()
        assert Organisation.objects.get().number == NUMBER

    def test_without_its_spaces_even_when_nobody_checked_it(self):
        OrganisationFactory(number="974 760 673")
        assert Organisation.objects.get().number == NUMBER

    def test_found_however_it_is_typed(self):
        OrganisationFactory(number=NUMBER)
        assert Organisation.objects.filter(number="974 760 673").exists()

    @pytest.mark.parametrize("number", ["", None, "   "])
    def test_as_nothing_when_there_is_none(self, number):
        OrganisationFactory(number=number)
        assert Organisation.objects.get().number is None

    def test_once_only(self):
        OrganisationFactory(number=NUMBER)
        second = OrganisationFactory.build(number="974 760 673")
        with pytest.raises(ValidationError, match=r"."):
            second.full_clean()

    def test_many_organisations_have_none(self):
        OrganisationFactory(number="")
        OrganisationFactory(number="")
        assert Organisation.objects.count() == 2


def errors_of(**fields):
    organisation = OrganisationFactory.build(slug="x", **fields)
    with pytest.raises(ValidationError) as raised:
        organisation.full_clean(validate_unique=False, validate_constraints=False)
    return raised.value.message_dict


def test_an_industry_code_needs_its_version():
    assert "industry_code_version" in errors_of(industry_code="25.620")


@pytest.mark.parametrize("code", ["2562", "25.6200", "ab", "25.620\n", "25."])
def test_an_industry_code_has_the_right_form(code):
    assert "industry_code" in errors_of(industry_code=code, industry_code_version="SN2007")


def test_a_place_needs_both_degrees():
    assert "lon" in errors_of(lat=60.0)
    assert "lat" in errors_of(lon=10.0)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp//x", "not an address"])
def test_a_web_address_must_be_one(address):
    assert "web" in errors_of(web=address)
