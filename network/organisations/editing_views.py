"""The page on which an organisation's profile is edited."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from network.merging import ChangedMeanwhile
from network.organisations import register, services
from network.organisations.desk_views import managed_organisation
from network.organisations.editing_forms import ProfileForm
from network.organisations.joining_views import person_of
from network.organisations.models import Organisation, RegisterEntry


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit what is said of an organisation."""
    organisation = managed_organisation(request, slug)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=organisation)
    entry: RegisterEntry | None = None
    if request.method == "POST" and form.is_valid() and _save(request, organisation, form):
        return redirect("organisations:desk", slug=slug)
    if request.method != "POST" and "register" in request.GET and organisation.number:
        entry = register.look_up(organisation.number)
    context = {
        "organisation": organisation,
        "form": form,
        "entry": entry,
        "looked_up": "register" in request.GET,
        "can_look_up": register.is_used() and bool(organisation.number),
    }
    return render(request, "organisations/edit.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, organisation: Organisation, form: ProfileForm) -> bool:
    """Write what has changed; false, with the reasons at the fields, when that cannot be."""
    try:
        written = services.update_organisation(
            organisation, form.values(), seen=form.cleaned_data["seen"], by=person_of(request)
        )
    except ChangedMeanwhile as changed:
        form.show_theirs(changed.theirs)
        return False
    except ValidationError as error:
        form.show_refusal(error.error_dict)
        return False
    messages.success(
        request, _("The profile is saved.") if written else _("There was nothing new to save.")
    )
    return True
