"""Parks, organisations and facilities, as small as they can be."""

import factory

from network.facilities.models import Facility, Material, Method, Standard
from network.organisations.models import Organisation
from network.parks.models import FocusArea, Park, Theme


class ParkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Park

    slug = factory.Sequence(lambda number: f"park-{number}")
    name_nb = factory.Sequence(lambda number: f"Park nummer {number}")
    name_en = factory.Sequence(lambda number: f"Park number {number}")
    municipality = "Rana"
    county = "Nordland"
    lat, lon = 66.31, 14.17


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    name = factory.Sequence(lambda number: f"Bedrift {number}")
    summary_nb = "Gjør noe i industrien."


class TermFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    slug = factory.Sequence(lambda number: f"term-{number}")
    name_nb = factory.Sequence(lambda number: f"Begrep {number}")
    name_en = factory.Sequence(lambda number: f"Term {number}")


class MethodFactory(TermFactory):
    class Meta:
        model = Method


class MaterialFactory(TermFactory):
    class Meta:
        model = Material


class StandardFactory(TermFactory):
    class Meta:
        model = Standard

    code = factory.Sequence(lambda number: f"ISO {number + 1000}")


class ThemeFactory(TermFactory):
    class Meta:
        model = Theme


class FocusAreaFactory(TermFactory):
    class Meta:
        model = FocusArea


class FacilityFactory(factory.django.DjangoModelFactory):
    """``methods``, ``materials``, ``standards`` and ``themes`` take lists."""

    class Meta:
        model = Facility

    slug = factory.Sequence(lambda number: f"facility-{number}")
    name_nb = factory.Sequence(lambda number: f"Anlegg {number}")
    summary_nb = "Prøver ut noe."
    park = factory.SubFactory(ParkFactory)
    host = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        terms = {
            name: kwargs.pop(name)
            for name in ("methods", "materials", "standards", "themes")
            if name in kwargs
        }
        facility = model_class(*args, **kwargs)
        for name, values in terms.items():
            setattr(facility, name, values)
        facility.save()
        return facility
