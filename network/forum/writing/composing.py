"""From a form that was sent to what becomes of it: posted, kept as a draft, or shown again.

One form does everything, so that it works without scripts: its buttons say what is meant ("post",
"draft", "preview", "upload", or the file to remove), and whatever goes wrong, what was typed is in the
form and in a draft.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from accounts.models import User
from network.forum.models import Category, Draft, PostFile
from network.forum.services import contents
from network.forum.services.drafts import (
    DraftsError,
    PostedAlreadyError,
    Typed,
    attach,
    drafts_for,
    remove_file,
    save_draft,
)
from network.forum.services.posting import ClosedError, PostedError
from network.forum.writing.forms import TextForm
from network.forum.writing.unsent import take_unsent

Make = Callable[..., TextForm]
DIGITS: Final = 9


class Composer:
    """A form for writing at one place, with the draft that is written in it.

    ``key`` names the place ("thread:12"), ``make`` makes the form, ``post`` posts it when it is valid
    and gives where to go. ``category`` tells who will read it. ``files`` are those of the post that is
    being edited. ``template`` gets ``context`` beside the form.
    """

    template = ""
    initial: Mapping[str, Any]
    context: Mapping[str, Any]
    files: Sequence[PostFile]

    def __init__(
        self,
        request: HttpRequest,
        user: User,
        key: str,
        *,
        make: Make,
        post: Callable[[Any, Draft | None], HttpResponse],
        category: Callable[[TextForm], Category | None],
    ) -> None:
        self._request, self._user, self._key = request, user, key
        self._make, self._post, self._category = make, post, category
        self.initial, self.context, self.files = {}, {}, ()
        self._draft: Draft | None = None
        self._preview: SafeString | None = None

    def respond(self) -> HttpResponse:
        """What the request is answered with."""
        if self._request.method == "POST":
            return self._sent()
        return self._page(self.restored())

    def restored(self) -> TextForm:
        """The form with the draft that was being written here, if there is one."""
        take_unsent(self._request, self._user, self._key)
        drafts = drafts_for(self._user, self._key)
        asked = self._request.GET.get("draft", "")
        chosen = [draft for draft in drafts if str(draft.pk) == asked] or drafts
        self._draft = None if "fresh" in self._request.GET or not chosen else chosen[0]
        if self._draft is None:
            return self._make(initial={"token": uuid4(), "version": 0, **self.initial})
        form = self._make(initial={**self.initial, **self.draft_values(self._draft)})
        if quoted := self.initial.get("quoted"):
            form.initial["text"] = "\n\n".join(filter(None, [self._draft.source, quoted]))
        return form

    def draft_values(self, draft: Draft) -> dict[str, Any]:
        """What a form begins with that goes on with a draft."""
        form = self._make(initial=self.initial)
        values: dict[str, Any] = {"text": draft.source, "title": draft.title}
        fields = {**form.fields, **getattr(getattr(form, "extra", None), "fields", {})}
        for name, kept in draft.data.items():
            several = isinstance(fields.get(name), forms.ModelMultipleChoiceField)
            values[name] = kept if several else next(iter(kept), "")
        return {**values, "token": draft.token, "version": draft.version}

    def _sent(self) -> HttpResponse:
        form = self._make(self._request.POST, self._request.FILES)
        valid = form.is_valid()
        action = self._request.POST.get("do", "post")
        removed = self._request.POST.get("remove", "")
        self._draft = self._existing(form)
        if action == "post" and not removed and valid and not form.cleaned_data["uploads"]:
            return self._posted(form)
        kept = self._keep(form)
        if removed:
            self._remove(removed)
        elif kept and valid and action == "post":
            return self._posted(form)
        elif kept and action == "draft":
            messages.success(self._request, _("The draft is kept. You find it on your own page."))
            return redirect("forum:drafts")
        if action == "preview":
            self._preview = self._previewed(form)
        complains = (action == "post" and not removed) or "uploads" in form.errors or not kept
        return self._page(self._again(form, errors=complains), status=422 if complains else 200)

    def _posted(self, form: TextForm) -> HttpResponse:
        token = form.cleaned_data["token"]
        try:
            return self._post(form, self._draft)
        except PostedError as error:
            token = uuid4()
            where = error.post.get_absolute_url()
            form.add_error(
                None,
                _(
                    "Another text was posted from this form already: %(where)s. Post this one as "
                    "well only if it says something else."
                )
                % {"where": self._request.build_absolute_uri(where)},
            )
        except ClosedError:
            form.add_error(
                None,
                _("The thread was closed in the meantime. What you wrote is kept as a draft."),
            )
        except PermissionDenied:
            form.add_error(
                None, _("You can no longer write here. What you wrote is kept as a draft.")
            )
        except ValidationError as error:
            form.add_error(None, error)
        form.cleaned_data["token"] = token
        self._keep(form)
        return self._page(self._again(form, errors=True), status=422)

    def _existing(self, form: TextForm) -> Draft | None:
        token = form.cleaned_data.get("token")
        return Draft.objects.filter(user=self._user, token=token).first() if token else None

    def _keep(self, form: TextForm) -> bool:
        """Keep what was typed and attached as a draft; gives whether that went well."""
        try:
            self._draft = save_draft(self._user, typed_in(form, self._key))
            uploads = form.cleaned_data.get("uploads")
            if uploads:
                attach(self._draft, uploads, beside=[file.name for file in self.files])
        except PostedAlreadyError:
            # It goes on as a text of its own.
            form.cleaned_data["token"] = uuid4()
            return self._keep(form)
        except DraftsError as error:
            form.add_error(None, error)
            return False
        return True

    def _remove(self, pk: str) -> None:
        if self._draft is not None and pk.isascii() and pk.isdecimal():
            for file in self._draft.files.filter(pk=int(pk[:DIGITS])):
                remove_file(file)

    def _previewed(self, form: TextForm) -> SafeString:
        return preview(
            raw(form), category=self._category(form), author=self._user, files=self._all_files()
        )

    def _all_files(self) -> list[PostFile]:
        drafted = list(self._draft.files.all()) if self._draft else []
        return [*self.files, *drafted]

    def _again(self, form: TextForm, *, errors: bool) -> TextForm:
        """The form as it was sent, with the token and version of the draft that it is kept in."""
        data = self._request.POST.copy()
        if self._draft is not None:
            data["token"], data["version"] = str(self._draft.token), str(self._draft.version)
        if errors:
            form.data = data
            return form
        quiet = self._make(data)
        quiet.full_clean()
        quiet.errors.clear()
        return quiet

    def _page(self, form: TextForm, status: int = 200) -> HttpResponse:
        others = drafts_for(self._user, self._key)
        context = {
            **self.context,
            "form": form,
            "key": self._key,
            "draft": self._draft,
            "files": [] if self._draft is None else list(self._draft.files.all()),
            "others": [each for each in others if self._draft is None or each != self._draft],
            "preview": self._preview,
            "category": self._category(form),
        }
        return render(self._request, self.template, context, status=status)


def raw(form: TextForm) -> str:
    """The text of a form, right or wrong."""
    value = form["text"].data if form.is_bound else form["text"].initial
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")


def typed_in(form: TextForm, key: str) -> Typed:
    """What a form that was sent says, right or wrong, to be kept as a draft."""
    data: Any = form.data
    return Typed(
        key=key,
        token=form.cleaned_data.get("token") or uuid4(),
        version=form.cleaned_data.get("version") or 0,
        source=raw(form),
        title=str(data.get("title", "")),
        data=form.further,
    )


def preview(
    source: str, *, category: Category | None, author: User, files: Sequence[PostFile]
) -> SafeString:
    """The text as it would look when it is posted; names are marked where it is known who reads."""
    if category is None:
        category = Category(access="members", audience="member")
    read = contents.read(source, category=category, author=author, files=files)
    return mark_safe(read.html)  # noqa: S308 - what the forum's Markdown gives is safe
