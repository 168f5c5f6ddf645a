"""What moderators do about people: ask them to write nothing for a while, trust them, clean up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from network.forum.models import Flag, Post, Standing
from network.forum.moderation.errors import NotPossibleError
from network.forum.moderation.forms import SilenceForm
from network.forum.moderation.reading import history, judged_person
from network.forum.moderation.services import people
from network.forum.moderation.views import moderator_of

LATEST_POSTS = 10


@require_safe
@login_required
@never_cache
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How the forum knows somebody, what they wrote last, and what can be done."""
    moderator = moderator_of(request)
    return _page(request, moderator, judged_person(moderator, pk), SilenceForm())


def _page(
    request: HttpRequest, moderator: User, person: User, form: SilenceForm, status: int = 200
) -> HttpResponse:
    standing = Standing.objects.filter(pk=person.pk).first() or Standing(user=person)
    until = standing.silenced_until
    posts = Post.objects.visible_to(moderator).filter(author=person).select_related("thread")
    context = {
        "person": person,
        "standing": standing,
        "is_silenced": until is not None and until > timezone.now(),
        "posts": posts.order_by("-created_at")[:LATEST_POSTS],
        "history": history(person=person),
        "form": form,
    }
    return render(request, "forum/moderation/person.html", context, status=status)


@require_POST
@login_required
def silence(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask somebody to write nothing for a while, and hide what they left if that is asked for."""
    moderator = moderator_of(request)
    person = judged_person(moderator, pk)
    form = SilenceForm(request.POST)
    if not form.is_valid():
        return _page(request, moderator, person, form, status=422)
    given = form.cleaned_data
    people.silence(moderator, person, given["days"], given["reason"])
    done = _text("The person may write nothing for now, and is told why.")
    if given["clean_up"]:
        hidden = people.clean_up(moderator, person, Flag.Reason.SPAM, given["reason"])
        hid = ngettext("%(count)s post is hidden.", "%(count)s posts are hidden.", hidden)
        done = f"{done} {hid % {'count': hidden}}"
    messages.success(request, done)
    return redirect("forum:moderate-person", pk)


@require_POST
@login_required
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Let somebody write again, or trust them, or trust them no more."""
    moderator = moderator_of(request)
    person = judged_person(moderator, pk)
    try:
        if what == "release":
            people.release(moderator, person)
            done = _("The person may write again.")
        else:
            people.set_trust(moderator, person, trusted=what == "trust")
            done = (
                _("What this person writes is shown at once from now on.")
                if what == "trust"
                else _("This person is judged like anybody else again.")
            )
    except PermissionDenied:
        raise Http404 from None
    except NotPossibleError as error:
        messages.warning(request, error.message)
    else:
        messages.success(request, done)
    return redirect("forum:moderate-person", pk)
