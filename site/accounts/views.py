"""A person's own pages, and the door to the admin."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import erasure, personal, sections
from accounts.exports import archive_of
from accounts.forms import EraseForm, ProfileForm
from accounts.identity import own_identity_required
from accounts.models import User
from accounts.services import save_profile
from ui.chrome import Chrome


@login_required
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that one's account leads to, and how it stands."""
    assert isinstance(request.user, User)
    headings = sections.overview(request.user)
    return render(request, "account/overview.html", {"headings": headings})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Who one is, what one knows, and how one is reached."""
    assert isinstance(request.user, User)
    # The form writes into what it is given, and the header shows the person as stored.
    person = User.objects.get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_valid():
        save_profile(person)
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:profile")
    return render(
        request, "account/profile.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@require_safe
@own_identity_required
def export(request: HttpRequest) -> HttpResponse:
    """What the archive of one's data will hold, with the button that makes it."""
    return render(request, "account/export.html", {"parts": personal.registered()})


@never_cache
@require_safe
@own_identity_required
def download(request: HttpRequest) -> HttpResponseBase:
    """The archive itself; whoever asks has just shown who they are."""
    assert isinstance(request.user, User)
    name = f"parknett-{localdate().isoformat()}.zip"
    return FileResponse(archive_of(request.user), as_attachment=True, filename=name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@own_identity_required
def erase(request: HttpRequest) -> HttpResponse:
    """Explain what goes and what stays; erase who types their address and means it."""
    assert isinstance(request.user, User)
    user = User.objects.get(pk=request.user.pk)
    form = EraseForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        erasure.erase(user)
        logout(request)
        messages.success(request, _("Your account has been erased. We have sent you a letter."))
        return redirect(Chrome(request).home_url)
    context = {"form": form, "warnings": erasure.warnings(user)}
    return render(request, "account/erase.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def admin_entrance(request: HttpRequest) -> HttpResponse:
    """Where the admin sends whoever it does not let in.

    Who is not logged in logs in first; who is, but has no access, is told so instead of being sent
    to and fro.
    """
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = reverse("wagtailadmin_home")
    if not request.user.is_authenticated:
        return redirect_to_login(target, reverse("account_login"))
    if request.user.has_perm("wagtailadmin.access_admin"):
        return redirect(target)
    # The admin has left a message of its own, which says less.
    list(messages.get_messages(request))
    return render(request, "account/no_admin_access.html", status=403)
