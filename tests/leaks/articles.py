"""Articles of best practice that everybody sees, and what of them is hidden."""

from wagtail.models import PageViewRestriction

from pages.practice.models import Adoption, PracticeOrganisation, PracticePerson
from pages.practice.workflow import set_up_workflow
from tests.factories.practice import article_of, make_article


def public_article(world):
    """An article of the park, with the host's part in it; park staff may write others."""
    set_up_workflow()
    page = make_article(
        title="Varme til nabobedriften",
        slug="varme-til-nabobedriften",
        lead="Strekkprøving av stål gir varme som naboen bruker.",
        parks=[world.park],
        themes=world.terms["themes"],
    )
    page.organisation_links = [PracticeOrganisation(organisation=world.host)]
    page.save_revision().publish()
    return page


def hide_articles(world, canaries, organisation):
    """A draft, a restricted one, and a hidden organisation that has a part in the public one."""

    def hidden(**values):
        return make_article(
            title=canaries.token("PracticePage.title"),
            slug=canaries.token("PracticePage.slug"),
            lead=canaries.token("PracticePage.lead"),
            situation=f"<p>{canaries.token('PracticePage.situation')}</p>",
            done=f"<p>{canaries.token('PracticePage.done')}</p>",
            economy_note=canaries.token("PracticePage.economy_note"),
            parks=[world.park],
            themes=world.terms["themes"],
            effects=[{"indicator": canaries.token("PracticeEffect.indicator"), "after": 3}],
            people=[PracticePerson(name=canaries.token("PracticePerson.name"), part="author")],
            **values,
        )

    draft, restricted = hidden(live=False), hidden()
    PageViewRestriction.objects.create(
        page=restricted, restriction_type=PageViewRestriction.PASSWORD, password="lukk opp"
    )
    page = world.article
    page.organisation_links = [
        *page.organisation_links.all(),
        PracticeOrganisation(organisation=organisation),
    ]
    page.save_revision().publish()
    Adoption.objects.create(
        article=article_of(page),
        organisation=organisation,
        status="adopted",
        effect=canaries.token("Adoption.effect"),
    )
    return {"article draft": draft, "article": restricted}
