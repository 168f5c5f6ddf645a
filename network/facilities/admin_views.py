"""Taking in a table of facilities in the admin: upload, look at what it would do, confirm."""

from __future__ import annotations

from datetime import timedelta
from pathlib import PurePath
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from network.facilities.forms import ImportForm
from network.facilities.importing import ImportPlan, carry_out, plan_import
from network.facilities.models.parts import private_storage
from network.facilities.permissions import can_import_facilities
from network.facilities.rows import COLUMNS, REQUIRED
from network.facilities.spreadsheets import UnreadableFileError, read_table

TOKEN_SALT: Final = "facilities.import"  # noqa: S105 - a name, not a secret
TOKEN_SECONDS: Final = 3600
SHOWN: Final = 200
WAITING: Final = "imports"


class ImportView(View):
    """The three steps behind one address; the uploaded file waits in the private storage."""

    template_name = "facilities/admin/import.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for those who may import."""
        if not can_import_facilities(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(request, form=ImportForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """A file to look at, or the confirmation of one that was."""
        if "token" in request.POST:
            return self._confirmed(request)
        form = ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form=form)
        file = form.cleaned_data["file"]
        try:
            plan = plan_import(read_table(file.name, file.read()))
        except UnreadableFileError as error:
            form.add_error("file", str(error))
            return self._page(request, form=form)
        _forget_abandoned()
        file.seek(0)
        suffix = PurePath(file.name).suffix.lower()
        name = private_storage().save(f"{WAITING}/{uuid4().hex}{suffix}", ContentFile(file.read()))
        token = signing.dumps({"name": name, "user": request.user.pk}, salt=TOKEN_SALT)
        return self._page(request, plan=plan, token=token, file_name=file.name)

    def _confirmed(self, request: HttpRequest) -> HttpResponse:
        """Carry out the plan made anew: something may have changed since it was looked at."""
        try:
            kept = signing.loads(request.POST["token"], salt=TOKEN_SALT, max_age=TOKEN_SECONDS)
        except signing.BadSignature:
            kept = {}
        name = kept.get("name", "")
        if kept.get("user") != request.user.pk or not private_storage().exists(name):
            messages.error(request, _("The file is no longer there; upload it again."))
            return redirect("facilities_import:index")
        with private_storage().open(name) as file:
            plan = plan_import(read_table(name, file.read()))
        private_storage().delete(name)
        if plan.errors and "partial" not in request.POST:
            messages.error(request, _("Nothing was imported: some rows are bad."))
            return self._page(request, plan=plan)
        carry_out(plan, user=request.user)
        messages.success(request, _summary(plan))
        return redirect("wagtailsnippets_facilities_facility:list")

    def _page(self, request: HttpRequest, **context: Any) -> HttpResponse:
        plan: ImportPlan | None = context.get("plan")
        shared = {
            "page_title": _("Import facilities"),
            "header_title": _("Import facilities"),
            "header_icon": "upload",
            "columns": [(column, column in REQUIRED) for column in COLUMNS],
            "form": context.get("form") or ImportForm(),
            "errors": plan.errors[:SHOWN] if plan else [],
            "import_url": reverse("facilities_import:index"),
        }
        return TemplateResponse(request, self.template_name, shared | context)


def _forget_abandoned() -> None:
    """Delete files that nobody confirmed while their token was good."""
    storage = private_storage()
    if not storage.exists(WAITING):
        return
    oldest = timezone.now() - timedelta(seconds=TOKEN_SECONDS)
    for name in storage.listdir(WAITING)[1]:
        path = f"{WAITING}/{name}"
        if storage.get_modified_time(path) < oldest:
            storage.delete(path)


def _summary(plan: ImportPlan) -> str:
    done = len(plan.new) + len(plan.changed)
    text = ngettext("%(count)d facility was imported.", "%(count)d facilities were imported.", done)
    return text % {"count": done}
