"""A person's saved searches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from activity.choosing import wishes_of
from activity.models import Follow
from activity.services import read
from alerts import services
from alerts.forms import NameForm
from alerts.lists import SavedList, lists
from alerts.models import MOST_PER_PERSON, QUERY_LENGTH, SavedSearch
from alerts.notices import KIND, shown_entries, title_of, url_of
from alerts.wanted import canonical, default_name, result_url, wording
from search.documents import documents

LATEST_SHOWN: Final = 50
ACTS: Final = {"pause": services.pause_search, "resume": services.resume_search}


@dataclass(frozen=True, slots=True)
class Row:
    """A saved search as its owner sees it."""

    search: SavedSearch
    label: str
    said: list[str]
    url: str
    is_paused: bool
    found: int
    latest: datetime | None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """Something that was new in a search."""

    title: str
    url: str
    kind: str
    found_at: datetime


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _timing(user: User) -> str:
    """How the person is told of matches, as one choice among those of activity."""
    timing = next(wish.timing for wish in wishes_of(user) if wish.kind.name == KIND)
    return str(timing.label)


@login_required
@never_cache
@require_safe
def saved_searches(request: HttpRequest) -> HttpResponse:
    """All searches that the person has saved."""
    user = _person(request)
    own = SavedSearch.objects.filter(user=user).order_by("name", "pk")
    counted = own.annotate(found=Count("matches"), latest=Max("matches__found_at"))
    rows = _rows(list(counted), user)
    context = {"rows": rows, "timing": _timing(user), "most": MOST_PER_PERSON}
    return render(request, "alerts/list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Name a search and save it; what is saved already is shown instead."""
    user = _person(request)
    parameters = request.POST if request.method == "POST" else request.GET
    saved_list = lists().get(parameters.get("list", ""))
    if saved_list is None:
        raise Http404
    asked = QueryDict(parameters["query"]) if "query" in parameters else parameters
    query = canonical(saved_list, asked)
    own = SavedSearch.objects.filter(user=user)
    known = own.filter(list_name=saved_list.name, query=query).first()
    if known is not None:
        messages.info(request, _("You have saved this search already."))
        return redirect("alerts:detail", known.pk)
    form = NameForm(request.POST or None, initial={"name": default_name(saved_list, query)})
    context = _to_save(saved_list, query, form, user, too_many=own.count() >= MOST_PER_PERSON)
    wrong = not query or len(query) > QUERY_LENGTH or context["too_many"]
    if request.method == "POST" and not wrong and form.is_valid():
        try:
            search = services.save_search(
                user,
                saved_list.name,
                query,
                name=form.cleaned_data["name"],
                language=get_language() or "nb",
            )
        except services.TooManyError:
            context["too_many"] = True
        else:
            messages.success(request, _("The search is saved. We tell you when something is new."))
            return redirect("alerts:detail", search.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "alerts/save.html", context, status=status)


def _to_save(
    saved_list: SavedList, query: str, form: NameForm, user: User, *, too_many: bool
) -> dict[str, Any]:
    return {
        "form": form,
        "list": saved_list,
        "query": query,
        "too_long": len(query) > QUERY_LENGTH,
        "too_many": too_many,
        "most": MOST_PER_PERSON,
        "said": wording(saved_list, query) if query else [],
        "timing": _timing(user),
    }


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    """What was new in a search, latest first, and its name to be changed."""
    user = _person(request)
    search = _own(user, pk)
    form = NameForm(request.POST or None, instance=search)
    if request.method == "POST" and form.is_valid():
        services.rename_search(search, form.cleaned_data["name"])
        messages.success(request, _("The search has a new name."))
        return redirect("alerts:detail", pk)
    # What was typed and refused must not stand in the heading.
    search.refresh_from_db()
    read(user, services.thing_of(pk))
    (row,) = _rows([search], user)
    context = {"row": row, "form": form, "latest": _latest(search, user), "timing": _timing(user)}
    return render(
        request, "alerts/detail.html", context, status=422 if request.method == "POST" else 200
    )


@login_required
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause or resume a search."""
    search = _own(_person(request), pk)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    act(search)
    return redirect("alerts:list")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete."""
    search = _own(_person(request), pk)
    if request.method == "POST":
        services.delete_search(search)
        messages.success(request, _("The search is deleted."))
        return redirect("alerts:list")
    return render(request, "alerts/delete.html", {"search": search})


def _own(user: User, pk: int) -> SavedSearch:
    search: SavedSearch = get_object_or_404(SavedSearch.objects.filter(user=user), pk=pk)
    return search


def _rows(searches: list[SavedSearch], user: User) -> list[Row]:
    things = {services.thing_of(search.pk): search.pk for search in searches}
    muted = Follow.objects.filter(user=user, state=Follow.State.MUTED, thing__in=list(things))
    paused = {things[thing] for thing in muted.values_list("thing", flat=True)}
    rows = []
    for search in searches:
        saved_list = lists().get(search.list_name)
        rows.append(
            Row(
                search,
                str(saved_list.label) if saved_list else "",
                wording(saved_list, search.query) if saved_list else [],
                result_url(search),
                search.pk in paused,
                getattr(search, "found", 0),
                getattr(search, "latest", None),
            )
        )
    return rows


def _latest(search: SavedSearch, user: User) -> list[NewEntry]:
    matches = list(search.matches.order_by("-pk")[:LATEST_SHOWN])
    entries = shown_entries([match.key for match in matches], user)
    return [
        NewEntry(title_of(entry), url_of(entry), _kind(entry.type), match.found_at)
        for match in matches
        if (entry := entries.get(match.key))
    ]


def _kind(name: str) -> str:
    document = documents().get(name)
    return str(document.label) if document else ""
