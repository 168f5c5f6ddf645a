"""A small network that everybody sees, and what in it is hidden."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from accounts.roles import NETWORK_ADMINISTRATORS
from network.facilities.models import (
    Equipment,
    Facility,
    FacilityDocument,
    FacilityImage,
    PriceNote,
)
from network.organisations.models import Organisation, OrganisationFigure, PointSource
from network.parks.models import Source
from network.parks.services import add_staff
from pages.initial import find_page, load_initial_pages
from pages.models import SectionPage, StandardPage
from search.models import FruitlessSearch
from search.projection import recording
from tests.factories.accounts import (
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import (
    FacilityFactory,
    MaterialFactory,
    MethodFactory,
    OrganisationFactory,
    ParkFactory,
    StandardFactory,
    ThemeFactory,
)
from tests.leaks.articles import hide_articles, public_article

DAY = timezone.datetime(2026, 3, 4).date()


def public_world():
    """What anybody may see: pages, two parks, two organisations, three facilities."""
    load_initial_pages()
    park = ParkFactory(slug="fjordparken", name_nb="Fjordparken", name_en="Fjord Park")
    other_park = ParkFactory(slug="heiparken", name_nb="Heiparken", name_en="Heath Park")
    host = OrganisationFactory(slug="apenlab", name="Åpenlab", name_en="Openlab")
    outsider = OrganisationFactory(slug="utenfor", name="Utenfor", name_en="Outside")
    for organisation in (host, outsider):
        organisation.parks = [park if organisation is host else other_park]
        organisation.save()
    terms = {
        "methods": [
            MethodFactory(slug="strekkproving", name_nb="Strekkprøving", name_en="Tensile test")
        ],
        "materials": [MaterialFactory(slug="stal", name_nb="Stål", name_en="Steel")],
        "standards": [StandardFactory(slug="iso-6892-1", code="ISO 6892-1")],
        "themes": [ThemeFactory(slug="sirkular", name_nb="Sirkulær", name_en="Circular")],
    }
    names = (("strekklab", "Strekklaben"), ("ovnslab", "Ovnslaben"), ("stallab", "Stållaben"))
    facilities = [
        FacilityFactory(
            slug=slug, name_nb=name, name_en=f"{name} (en)", park=park, host=host,
            summary_nb="Strekkprøving av stål i ovn.", summary_en="Tensile tests of steel.",
            confirmed_on=DAY, **terms,
        )
        for slug, name in names
    ]  # fmt: skip
    world = SimpleNamespace(
        park=park,
        other_park=other_park,
        host=host,
        outsider=outsider,
        facilities=facilities,
        terms=terms,
        section=find_page("about", "nb").specific,
    )
    world.article = public_article(world)
    return world


def people(world):
    """Those who may not see what is hidden, and for comparison those who may."""
    return {
        "visitor": None,
        "member": member_of(),
        "member of another organisation": member_of(world.outsider),
        "administrator of another organisation": administrator_of(world.outsider),
        "staff of another park": staff_of(world.other_park),
        "somebody of another organisation and park": _of_another_organisation_and_park(world),
        "network administrator": network_administrator(),
        "staff of the park": staff_of(world.park),
        "administrator of the host": administrator_of(world.host),
    }


def _of_another_organisation_and_park(world):
    person = administrator_of(world.outsider)
    add_staff(world.other_park, person)
    return person


STRANGERS = (
    "visitor",
    "member",
    "member of another organisation",
    "administrator of another organisation",
    "staff of another park",
)


def hide_facility(world, canaries, *, host=None):
    """An unpublished facility that can do the same as the public ones, with all its parts."""
    facility = canaries.fill(
        Facility(park=world.park, host=host or world.host, published=False, confirmed_on=DAY)
    )
    # Words that the public ones have, too, so that counts and scores could give it away.
    facility.summary_nb += " strekkprøving av stål i ovn"
    with recording():
        for name, values in world.terms.items():
            setattr(facility, name, values)
        facility.save()
        canaries.fill(Equipment(facility=facility)).save()
        canaries.fill(PriceNote(facility=facility)).save()
        document = canaries.fill(FacilityDocument(facility=facility))
        content = canaries.token("a facility's document").encode()
        document.file.save("data.txt", ContentFile(content), save=False)
        document.save()
        _picture(facility, canaries)
    facility.refresh_from_db()
    return facility


def _picture(facility, canaries):
    import wagtail_factories

    image = wagtail_factories.ImageFactory(title=canaries.token("an image's title"))
    canaries.fill(FacilityImage(facility=facility, image=image)).save()


def hide_organisation(world, canaries):
    """An unpublished organisation in the public park, with what sources say of it."""
    organisation = canaries.fill(
        Organisation(published=False, kind=Organisation.Kind.COMPANY, likely_park=world.park)
    )
    organisation.number = None
    organisation.country = "NO"
    with recording():
        organisation.parks = [world.park]
        organisation.themes = world.terms["themes"]
        organisation.save()
        source = Source.objects.create(slug="kilde", title_nb="Kilden")
        common = {"organisation": organisation, "source": source}
        point = canaries.fill(PointSource(likely_park=world.park, tonnes=4000, **common))
        point.save()
        figure = canaries.fill(OrganisationFigure(value=3, **common))
        figure.save()
    organisation.refresh_from_db()
    return organisation


def hide_pages(world, canaries):
    """A draft, a page for some with one below it, one behind a password, unpublished changes."""

    def add(parent, model):
        page = model(
            title=canaries.token(f"{model.__name__}.title"),
            slug=canaries.token(f"{model.__name__}.slug"),
            lead=canaries.token(f"{model.__name__}.lead"),
            search_description=canaries.token(f"{model.__name__}.search_description"),
            seo_title=canaries.token(f"{model.__name__}.seo_title"),
            body=[("heading", canaries.token(f"{model.__name__}.body"))],
            locale=parent.locale,
            live=False,
        )
        parent.add_child(instance=page)
        return page

    draft = add(world.section, StandardPage)
    private = add(world.section, SectionPage)
    _only_for_administrators(PageViewRestriction, page=private)
    below = add(private, StandardPage)
    guarded = add(world.section, StandardPage)
    PageViewRestriction.objects.create(
        page=guarded,
        restriction_type=PageViewRestriction.PASSWORD,
        password=canaries.token("the password of a page"),
    )
    for page in (private, below, guarded):
        page.save_revision().publish()
    changed = world.section.get_children().live().public().first().specific
    changed.title = canaries.token("unpublished changes")
    changed.save_revision()
    return {"draft": draft, "private": private, "below": below, "guarded": guarded}


def _only_for_administrators(model, **where):
    restriction = model.objects.create(restriction_type=model.GROUPS, **where)
    restriction.groups.add(Group.objects.get(name=NETWORK_ADMINISTRATORS))


def hide_document(canaries):
    """A file of the editors in a collection that only some may read."""
    collection = Collection.get_first_root_node().add_child(
        name=canaries.token("the name of a collection")
    )
    _only_for_administrators(CollectionViewRestriction, collection=collection)
    document = get_document_model()(
        title=canaries.token("a document's title"), collection=collection
    )
    content = canaries.token("a document's content").encode()
    document.file.save(f"{canaries.token('a file name')}.txt", ContentFile(content))
    document.save()
    return document


def hide_people(canaries):
    """Names and addresses of people, and what somebody searched for."""
    person = network_administrator()
    person.first_name = canaries.token("a first name")
    person.last_name = canaries.token("a last name")
    person.email = f"{canaries.token('an address')}@example.org"
    person.save()
    FruitlessSearch.objects.create(text=canaries.token("a search in vain"), language="nb")


def hide_everything(world, canaries):
    """All of it at once."""
    organisation = hide_organisation(world, canaries)
    hidden = SimpleNamespace(
        facility=hide_facility(world, canaries),
        hosted=hide_facility(world, canaries, host=organisation),
        organisation=organisation,
        pages=hide_pages(world, canaries) | hide_articles(world, canaries, organisation),
        document=hide_document(canaries),
    )
    hide_people(canaries)
    return hidden


def urls_of(page):
    """The path of a page, whether it is live or not."""
    return Page.objects.get(pk=page.pk).get_url_parts()[2]
