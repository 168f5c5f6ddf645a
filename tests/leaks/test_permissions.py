"""Every address, by every method, for every role, as the tables say; and none that they leave out."""

import pytest
from django.core.cache import cache
from django.core.signals import request_finished
from django.db import close_old_connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, reverse
from django.urls.resolvers import RegexPattern, URLResolver
from django.utils.translation import override
from wagtail.admin.viewsets import viewsets

from config.api import api
from tests.leaks.addresses import LANGUAGES, addresses, complaints
from tests.leaks.permission_table import (
    FORBIDDEN,
    METHODS,
    MISSING,
    MOVED,
    NOT_ALLOWED,
    OK,
    ROLES,
    Admin,
    Rule,
    argument_values,
    declared_addresses,
    declared_admin,
)

# Wagtail leaves the files that it makes pictures from open, and to the collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:[Uu]nclosed file:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # wagtail-localize's report of translations is in no order.
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]
# What has to open for whoever may write. Other addresses want more than an object's number.
OPENS = {"list", "index", "list_results", "index_results", "add", "edit", "delete", "history",
         "history_results", "usage", "export", "choose", "choose_results"}  # fmt: skip


@pytest.fixture
def arguments(world):
    return argument_values(world)


@pytest.fixture
def visit(everybody, settings, monkeypatch):
    """Ask for a path as somebody and undo whatever it did; gives status and where it leads."""
    settings.ACCOUNT_RATE_LIMITS = False
    # Each refusal would be a line, and there are thousands.
    monkeypatch.setattr("django.core.handlers.base.log_response", lambda *_, **__: None)
    monkeypatch.setattr("django.core.handlers.exception.log_response", lambda *_, **__: None)
    monkeypatch.setattr(
        "django.views.generic.base.log_response", lambda *_, **__: None, raising=False
    )
    clients = {}
    for role in ROLES:
        clients[role] = Client(raise_request_exception=False)
        if everybody[role] is not None:
            clients[role].force_login(everybody[role])
    sessions = {role: client.cookies.copy() for role, client in clients.items()}

    def visit(path, role, method, data=None):
        cache.clear()
        clients[role].cookies = sessions[role].copy()
        with transaction.atomic():
            answer = getattr(clients[role], method)(path, data or {})
            # Or the end of the answer would close the connection, and with it the transaction.
            request_finished.disconnect(close_old_connections)
            answer.close()
            transaction.set_rollback(True)
        return answer.status_code, answer.get("Location", "")

    return visit


def test_every_address_is_declared():
    found = complaints(declared_addresses(), declared_admin())
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_address_answers_every_role_as_declared(arguments, catch_up, visit, language):
    catch_up()
    rules = declared_addresses()
    wrong = {}
    with override(language):
        known = [each for each in addresses() if not each.in_admin]
    for each in known:
        rule = rules[each.key]
        path_ = path_of(each, rule, arguments, language)
        if language != LANGUAGES[0] and not path_.startswith(f"/{language}/"):
            continue
        for method in METHODS:
            sent = rule.sends if method == "post" else None
            given = {role: visit(path_, role, method, sent)[0] for role in ROLES}
            expected = {role: rule.status(method, role) for role in ROLES}
            if given != expected:
                wrong[f"{method} {each.key}"] = f"{shortly(given)}, declared {shortly(expected)}"
    assert not wrong, told(wrong)


def shortly(answers):
    """One number where all roles get the same."""
    return set(answers.values()).pop() if len(set(answers.values())) == 1 else answers


def told(wrong):
    """What differs, a line each."""
    return "\n".join(f"{asked}: {answer}" for asked, answer in wrong.items())


def path_of(address, rule, arguments, language):
    """What is asked for, for a rule."""
    if rule.path:
        return rule.path
    values = [arguments[each] for each in rule.arguments]
    values = [each[language] if isinstance(each, dict) else each for each in values]
    return address.path(dict(zip(address.parameters, values, strict=True))) + rule.query


def test_every_operation_of_the_api_is_declared_and_only_reads():
    rules = declared_addresses()
    found = list(operations())
    assert len(found) > 5
    for name, methods in found:
        assert methods == {"GET"}, f"{name} changes something; the public API only reads"
        assert rules[f"api:{name}"].get == OK
        assert rules[f"api:{name}"].post == rules[f"api:{name}"].others == NOT_ALLOWED


def operations():
    """Name in the resolver and methods of every operation, as ninja itself knows them."""
    for router in api._get_bound_routers():
        for view_ in router.path_operations.values():
            for each in view_.operations:
                name = getattr(each, "url_name", "") or api.get_operation_url_name(
                    each, router.template
                )
                yield name, set(each.methods)


class TestAdmin:
    """The addresses of Wagtail's viewsets and of everything else in the admin."""

    @pytest.fixture
    def paths(self, arguments):
        """Declaration, last name and path of every address of the admin."""
        declared = declared_admin()
        with override("nb"):
            return [
                self.fill(each, declared.get(each.name) or declared[each.namespace], arguments)
                for each in addresses()
                if each.in_admin
            ]

    @staticmethod
    def fill(each, rule, arguments):
        number = arguments.get(rule.object, 1)
        values = {name: arguments.get(name, number) for name in each.parameters}
        return rule, each, each.path(values)

    def test_every_viewset_is_declared(self):
        declared = declared_admin()
        known = {
            viewset.url_namespace for viewset in viewsets.viewsets if viewset.get_urlpatterns()
        }
        assert len(known) > 20
        assert known - set(declared) == set()

    @pytest.mark.parametrize("role", ROLES)
    def test_everybody_comes_in_where_declared_and_nowhere_else(self, paths, visit, role):
        wrong = {}
        for rule, each, path_ in paths:
            last = each.name.rpartition(":")[2]
            comes_in = rule.lets_in(role, last, has_object=bool(each.parameters))
            # What those who come in may send is the business of each room's own tests.
            for method in ("get",) if comes_in else ("get", "post"):
                status, location = visit(path_, role, method)
                if wrong_ := complaint(rule, each, last, role, status, location):
                    wrong[f"{method} {path_} ({each.name})"] = wrong_
        assert not wrong, told(wrong)


AWAY = ("/konto/login/", "/konto/til-redaksjonen/", "/admin/login/")


def complaint(rule, address, last, role, status, location):
    """What is wrong with an answer of the admin, if anything."""
    turned_away = (
        status in {FORBIDDEN, MISSING, NOT_ALLOWED}
        or location.startswith(AWAY)
        or location == "/admin/"
    )
    if not rule.lets_in(role, last, has_object=bool(address.parameters)):
        return "" if turned_away else f"let in: {status} {location}"
    if last in OPENS and turned_away:
        return f"turned away: {status} {location}"
    return ""


class TestTheCheckItself:
    """It complains of what nobody declared."""

    @staticmethod
    def site(*patterns):
        return URLResolver(RegexPattern(""), list(patterns))

    def test_of_an_address_that_no_table_knows(self):
        known = path("kjent/", view, name="known")
        added = path("nytt/<slug:slug>/", view, name="added")
        rules = {"known": Rule(OK)}
        assert complaints(rules, {}, self.site(known)) == []
        (told,) = complaints(rules, {}, self.site(known, added))
        assert "/nytt/<slug:slug>/ is not declared" in told
        assert '"added": Rule(…)' in told

    def test_of_one_without_a_name(self):
        (told,) = complaints({}, {}, self.site(path("navnlos/", view)))
        assert '"navnlos/": Rule(…)' in told

    def test_of_a_second_address_by_the_same_name(self):
        twice = [path("en/", view, name="known"), path("to/", view, name="known")]
        (told,) = complaints({"known": Rule(OK)}, {}, self.site(*twice))
        assert "['en/', 'to/']" in told

    def test_of_what_is_declared_and_gone(self):
        (told,) = complaints({"gone": Rule(OK)}, {}, self.site())
        assert told == "gone is declared but there is no such address"

    def test_of_a_viewset_that_no_table_knows(self):
        inner = [path("", view, name="index"), path("edit/<int:pk>/", view, name="edit")]
        admin = path("admin/", include(([path("things/", include((inner, "things")))], "admin")))
        told = complaints({}, {"admin": Admin()}, self.site(admin))
        assert told == []
        assert len(complaints({}, {}, self.site(admin))) == 2

    def test_of_whoever_comes_in_without_being_declared(self):
        (address,) = addresses(self.site(path("admin/", view, name="index")))
        shut, opened = Admin(), Admin(writes=ROLES)
        assert complaint(shut, address, "index", "member", OK, "") == "let in: 200 "
        assert complaint(shut, address, "index", "member", MISSING, "") == ""
        assert complaint(opened, address, "index", "member", FORBIDDEN, "") == "turned away: 403 "


@pytest.mark.parametrize("role", ["visitor", "member", "somebody of another organisation and park"])
def test_who_may_not_look_after_a_hidden_facility_gets_what_never_was_gets(world, visit, role):
    facility = world.facilities[1]
    facility.published = False
    facility.save()
    for name in ("confirm", "withdraw", "publish"):
        paths = [reverse(f"facilities:{name}", args=[slug]) for slug in (facility.slug, "aldri")]
        answers = [visit(path_, role, "post") for path_ in paths]
        assert answers[0][0] == answers[1][0] == (MISSING if role != "visitor" else MOVED)


def view(request):
    return HttpResponse()
