"""The pages on which people join, leave and look after organisations."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from network.organisations import services
from network.organisations.models import Invitation, JoinRequest, Membership, OrganisationProposal
from tests.factories.accounts import (
    UserFactory,
    administrator_of,
    member_of,
    network_administrator,
    staff_of,
)
from tests.factories.network import FacilityFactory, OrganisationFactory, ParkFactory
from tests.organisations.people import person, token_to

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def park():
    return ParkFactory(name_nb="Fjordparken")


@pytest.fixture
def organisation(park):
    made = OrganisationFactory(slug="smelteverket", name="Smelteverket AS")
    made.parks = [park]
    made.save()
    return made


@pytest.fixture
def administrator(client, organisation):
    user = administrator_of(organisation)
    client.force_login(user)
    return user


def url(name, *args, language="nb"):
    with override(language):
        return reverse(name, args=args)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("nb", "Mine organisasjoner"), ("en", "My organisations")],
)
def test_my_organisations_shows_everything_that_is_open(client, organisation, language, words):
    kari = person("kari@example.org")
    member_at = OrganisationFactory(name="Medlemsbedriften")
    services.add_member(member_at, kari)
    services.ask_to_join(organisation, kari)
    inviting = OrganisationFactory(name="Vertskapet")
    services.invite(inviting, [kari.email], by=administrator_of(inviting), language="nb")
    services.propose(kari, name="Nystartet", number="")
    client.force_login(kari)
    page = text(client.get(url("memberships:mine", language=language)))
    for expected in (words, "Medlemsbedriften", "Smelteverket AS", "Vertskapet", "Nystartet"):
        assert expected in page


def test_my_organisations_finds_by_name_and_number(client, organisation):
    organisation.number = "974760673"
    organisation.save()
    OrganisationFactory(name="Skjult smelteverk", published=False)
    client.force_login(UserFactory())
    for query in ("smelteverk", "974 760 673", "smelteverket"):
        page = text(client.get(url("memberships:mine"), {"q": query}))
        assert "Smelteverket AS" in page
        assert "Skjult" not in page


@pytest.mark.parametrize("query", [HOSTILE, "x" * 5000, "%", "\x00'\"", "  "])
def test_the_search_bears_anything(client, organisation, query):
    client.force_login(UserFactory())
    response = client.get(url("memberships:mine"), {"q": query})
    assert response.status_code == 200
    assert HOSTILE not in text(response)


def test_asking_from_the_profile_and_taking_it_back(client, organisation):
    asker = UserFactory()
    client.force_login(asker)
    join = url("organisations:join", organisation.slug)
    assert join in text(client.get(organisation.get_absolute_url()))
    for _ in range(2):
        client.post(join, {"message": HOSTILE})
    request = JoinRequest.objects.get()
    assert request.message == HOSTILE
    page = text(client.get(join))
    assert HOSTILE not in page
    assert "&lt;script&gt;" in page
    client.post(url("memberships:request", request.pk))
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_a_message_that_is_too_long_is_refused(client, organisation):
    client.force_login(UserFactory())
    response = client.post(url("organisations:join", organisation.slug), {"message": "x" * 1001})
    assert response.status_code == 422
    assert not JoinRequest.objects.exists()


def test_an_organisation_that_is_hidden_cannot_be_joined(client):
    hidden = OrganisationFactory(published=False)
    client.force_login(UserFactory())
    for method in (client.get, client.post):
        assert method(url("organisations:join", hidden.slug)).status_code == 404


class TestAnswering:
    @pytest.fixture
    def asked(self, organisation):
        return services.ask_to_join(organisation, person("kari@smelteverket.example"), "Hei.")

    def answer(self, client, asked, **data):
        return client.post(url("organisations:request", asked.organisation.slug, asked.pk), data)

    def test_the_desk_shows_who_asks(self, client, administrator, asked):
        page = text(client.get(url("organisations:desk", asked.organisation.slug)))
        assert "kari@smelteverket.example" in page

    @pytest.mark.parametrize(
        ("action", "is_administrator"), [("confirm", False), ("confirm-administrator", True)]
    )
    def test_one_click_confirms(self, client, administrator, asked, action, is_administrator):
        self.answer(client, asked, action=action)
        self.answer(client, asked, action=action)
        assert Membership.objects.get(user=asked.user).administrator == is_administrator

    def test_a_refusal_needs_a_reason(self, client, administrator, asked):
        assert self.answer(client, asked, action="refuse").status_code == 422
        self.answer(client, asked, action="refuse", reason="Ukjent.")
        asked.refresh_from_db()
        assert (asked.state, asked.reason) == ("refused", "Ukjent.")
        assert "Ukjent." in text(client.get(url("organisations:request", "smelteverket", asked.pk)))

    def test_a_shared_domain_is_a_hint(self, client, administrator, organisation, asked):
        page = url("organisations:request", organisation.slug, asked.pk)
        assert "smelteverket.example, too" not in text(client.get(page))
        organisation.web = "https://www.smelteverket.example/"
        organisation.save()
        assert "bruker også smelteverket.example" in text(client.get(page))
        assert not Membership.objects.filter(user=asked.user).exists()

    def test_another_organisations_request_is_not_found_here(self, client, administrator):
        elsewhere = services.ask_to_join(OrganisationFactory(), UserFactory())
        path = url("organisations:request", "smelteverket", elsewhere.pk)
        assert client.get(path).status_code == 404
        assert client.post(path, {"action": "confirm"}).status_code == 404

    def test_an_unknown_answer_is_none(self, client, administrator, asked):
        assert self.answer(client, asked, action="destroy").status_code == 404

    def test_staff_find_it_in_their_queue(self, client, park, asked):
        client.force_login(staff_of(park))
        assert "Smelteverket AS" in text(client.get(url("memberships:queue")))
        self.answer(client, asked, action="confirm-administrator")
        assert Membership.objects.get(user=asked.user).administrator
        assert "Ingenting venter." in text(client.get(url("memberships:queue")))


class TestMembers:
    def change(self, client, membership, action):
        path = url("organisations:member", membership.organisation.slug, membership.pk)
        return client.post(path, {"action": action}, follow=True)

    def membership(self, user):
        return Membership.objects.get(user=user)

    def test_administration_is_given_and_taken(self, client, administrator, organisation):
        membership = self.membership(member_of(organisation))
        for action, expected in (("administrator", True), ("member", False)):
            self.change(client, membership, action)
            membership.refresh_from_db()
            assert membership.administrator == expected

    def test_the_last_administrator_stays(self, client, administrator, organisation):
        membership = self.membership(administrator)
        for action in ("member", "remove"):
            assert "Utnevn en annen først" in text(self.change(client, membership, action))
        membership.refresh_from_db()
        assert membership.administrator
        with pytest.raises(services.LastAdministrator):
            services.leave(organisation, administrator)

    def test_staff_may_take_the_last_administrator_away(self, client, park, organisation):
        last = administrator_of(organisation)
        client.force_login(staff_of(park))
        self.change(client, self.membership(last), "remove")
        assert not Membership.objects.exists()

    def test_a_member_is_removed(self, client, administrator, organisation):
        user = member_of(organisation)
        membership = self.membership(user)
        self.change(client, membership, "remove")
        assert not Membership.objects.filter(user=user).exists()
        assert self.change(client, membership, "administrator").status_code == 404

    def test_somebody_who_gives_up_the_desk_is_led_away(self, client, administrator, organisation):
        administrator_of(organisation)
        response = self.change(client, self.membership(administrator), "member")
        assert response.redirect_chain[-1][0] == url("memberships:mine")

    def test_another_organisations_member_is_not_found(self, client, administrator):
        other = self.membership(member_of(OrganisationFactory()))
        path = url("organisations:member", "smelteverket", other.pk)
        assert client.post(path, {"action": "remove"}).status_code == 404

    def test_members_leave_after_a_question(self, client, organisation):
        user = member_of(organisation)
        client.force_login(user)
        path = url("organisations:leave", organisation.slug)
        assert "Forlate Smelteverket AS?" in text(client.get(path))
        assert Membership.objects.filter(user=user).exists()
        client.post(path)
        assert not Membership.objects.filter(user=user).exists()
        assert client.post(path).status_code == 404

    def test_the_admin_keeps_the_last_administrator_too(self, client, administrator, organisation):
        membership = self.membership(administrator)
        delete = reverse("wagtailsnippets_organisations_membership:delete", args=[membership.pk])
        client.post(delete)
        edit = reverse("wagtailsnippets_organisations_membership:edit", args=[membership.pk])
        client.post(edit, {"organisation": organisation.pk, "user": administrator.email})
        membership.refresh_from_db()
        assert membership.administrator


class TestInviting:
    def send(self, client, **data):
        data = {"language": "nb", "addresses": "kari@example.org"} | data
        return client.post(url("organisations:invite", "smelteverket"), data)

    def test_pasted_addresses_are_read_in_any_form(self, client, administrator):
        pasted = 'Kari Nordmann <Kari@Example.org>; "Ola, N." <ola@example.org>\r\n\r\nper@example.org,  anne@example.org'
        assert self.send(client, addresses=pasted).status_code == 302
        assert set(Invitation.objects.values_list("email", flat=True)) == {
            "kari@example.org",
            "ola@example.org",
            "per@example.org",
            "anne@example.org",
        }

    def test_wrong_addresses_are_named_and_nothing_is_sent(self, client, administrator):
        response = self.send(client, addresses=f"kari@example.org, ikke-en-adresse, {HOSTILE}")
        assert response.status_code == 422
        assert "ikke-en-adresse" in text(response)
        assert HOSTILE not in text(response)
        assert not Invitation.objects.exists()

    @pytest.mark.parametrize(
        "data",
        [
            {"addresses": ", ".join(f"p{n}@example.org" for n in range(31))},
            {"addresses": "x" * 4001},
            {"addresses": ""},
            {"language": "xx"},
            {"message": "x" * 501},
        ],
    )
    def test_what_is_too_much_is_refused(self, client, administrator, data):
        assert self.send(client, **data).status_code == 422
        assert not Invitation.objects.exists()

    def test_the_desk_sends_again_and_withdraws(self, client, administrator):
        self.send(client)
        invitation = Invitation.objects.get()
        path = url("organisations:invitation", "smelteverket", invitation.pk)
        client.post(path, {"action": "resend"})
        client.post(path, {"action": "withdraw"})
        invitation.refresh_from_db()
        assert invitation.state == "withdrawn"

    def test_another_organisations_invitation_is_not_found(self, client, administrator):
        other = OrganisationFactory()
        (invitation,) = services.invite(
            other, ["kari@example.org"], by=administrator_of(other), language="nb"
        )
        path = url("organisations:invitation", "smelteverket", invitation.pk)
        assert client.post(path, {"action": "withdraw"}).status_code == 404


class TestAnsweringAnInvitation:
    @pytest.fixture
    def path(self, organisation):
        by = administrator_of(organisation)
        services.invite(organisation, ["kari@example.org"], by=by, language="nb")
        return url("memberships:invitation", token_to("kari@example.org"))

    def test_a_visitor_is_offered_both_ways_whoever_they_are(self, client, path):
        before = text(client.get(path))
        person("kari@example.org")
        after = text(client.get(path))
        assert "/konto/login/?next=" in before
        assert before.count("next=") == 2 == after.count("next=")

    def test_it_is_remembered_in_the_session_until_it_is_answered(self, client, path):
        client.get(path)
        kari = person("kari@example.org", verified=False)
        client.force_login(kari)
        assert path in text(client.get(url("memberships:mine")))
        EmailAddress.objects.update(verified=True)
        client.post(path, {"action": "accept"})
        assert Membership.objects.filter(user=kari).exists()
        assert path not in text(client.get(url("memberships:mine")))

    def test_another_account_is_told_what_to_do(self, client, path):
        other = person("annen@example.org")
        client.force_login(other)
        page = text(client.get(path))
        assert "kari@example.org" in page
        assert "Legg til adressen" in page
        client.post(path, {"action": "accept"})
        assert not Membership.objects.filter(user=other).exists()

    def test_it_can_be_declined(self, client, path):
        client.force_login(person("kari@example.org"))
        client.post(path, {"action": "decline"})
        assert Invitation.objects.get().state == "declined"

    def test_a_used_link_says_so(self, client, path):
        kari = person("kari@example.org")
        client.force_login(kari)
        client.post(path, {"action": "accept"})
        assert client.get(path).status_code == 302
        client.force_login(person("annen@example.org"))
        response = client.get(path)
        assert response.status_code == 410
        assert "allerede godtatt" in text(response)

    def test_an_old_link_says_how_to_go_on(self, client, path):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        response = client.get(path)
        assert response.status_code == 410
        assert "Be om medlemskap" in text(response)

    @pytest.mark.parametrize("token", ["x", "a" * 500, "%00", "..", HOSTILE])
    def test_an_unknown_token_is_not_found(self, client, token):
        assert client.get(f"/konto/organisasjoner/invitasjon/{token}/").status_code == 404

    def test_it_can_be_accepted_without_the_letter(self, client, path):
        kari = person("kari@example.org")
        client.force_login(kari)
        pk = Invitation.objects.get().pk
        client.post(url("memberships:own-invitation", pk), {"action": "accept"})
        assert Membership.objects.filter(user=kari).exists()
        client.force_login(person("annen@example.org"))
        assert client.post(url("memberships:own-invitation", pk)).status_code == 404


class TestNumbers:
    """How much the pages ask of the database, however much there is."""

    def fill(self, organisation, number):
        for _ in range(number):
            services.ask_to_join(organisation, UserFactory())
            member_of(organisation)
            FacilityFactory(host=organisation)
        addresses = [f"p{organisation.pk}-{n}@example.org" for n in range(number)]
        services.invite(organisation, addresses, by=network_administrator(), language="nb")

    def test_the_desk(self, client, administrator, organisation, django_assert_max_num_queries):
        self.fill(organisation, 8)
        client.get(url("organisations:desk", organisation.slug))
        with django_assert_max_num_queries(24):
            client.get(url("organisations:desk", organisation.slug))

    def test_my_organisations(self, client, django_assert_max_num_queries):
        kari = person("kari@example.org")
        for _ in range(6):
            services.add_member(OrganisationFactory(), kari)
            services.ask_to_join(OrganisationFactory(), kari)
            inviting = OrganisationFactory()
            services.invite(inviting, [kari.email], by=administrator_of(inviting), language="nb")
        client.force_login(kari)
        client.get(url("memberships:mine"))
        with django_assert_max_num_queries(18):
            client.get(url("memberships:mine"), {"q": "bedrift"})

    def test_the_queue(self, client, django_assert_max_num_queries):
        for _ in range(8):
            services.ask_to_join(OrganisationFactory(), UserFactory())
            OrganisationProposal.objects.create(name="Ny", proposer=UserFactory())
        client.force_login(network_administrator())
        client.get(url("memberships:queue"))
        with django_assert_max_num_queries(12):
            client.get(url("memberships:queue"))
