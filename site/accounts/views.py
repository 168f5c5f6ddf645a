"""A person's own page, and the door to the admin."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.services import save_profile


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name and language, with the ways to e-mail, password, two-step log-in and devices."""
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
