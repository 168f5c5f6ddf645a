"""Pages for writing: a new thread, an answer, an edited post."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from network.forum import permissions
from network.forum.kinds.prompts import PROMPTS
from network.forum.models import Category, Draft, Post, Thread, ThreadKind
from network.forum.services.posting import NewThread, answer, edit_post, start_thread
from network.forum.writing.about import About, about_of
from network.forum.writing.composing import Composer
from network.forum.writing.forms import EditForm, ReplyForm, TextForm, ThreadForm, tags_of
from network.forum.writing.quoting import quotation
from network.forum.writing.unsent import log_in_first

READS: Final = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(READS)
def new(request: HttpRequest) -> HttpResponse:
    """Start a thread: first what for, then the form of that kind."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request, "new")
    sent = request.POST if request.method == "POST" else request.GET
    kind = sent.get("kind", "")
    asked = request.GET.get("draft", "")
    if not kind and asked.isascii() and asked.isdecimal():
        kept = Draft.objects.filter(user=user, pk=int(asked[:9])).first()
        kind = next(iter(kept.data.get("kind", [])), "") if kept else ""
    about = about_of(user, sent.get("about", ""))
    choices = [each for each in ThreadKind if may_start(user, each)]
    if kind not in choices:
        shown = [(each, PROMPTS[each]) for each in choices]
        query = request.GET.copy()
        query.pop("kind", None)
        context = {"kinds": shown, "query": query.urlencode(), "about": about}
        return render(request, "forum/writing/kinds.html", context)
    return _new_of_kind(request, user, ThreadKind(kind), about)


def may_start(user: User, kind: str) -> bool:
    """Whether the person may start threads of a kind anywhere; asked again of the category."""
    open_category = Category(access="open", audience="public")
    return permissions.can_start(user, open_category, kind)


def _new_of_kind(
    request: HttpRequest, user: User, kind: ThreadKind, about: About | None
) -> HttpResponse:
    def post(form: ThreadForm, draft: Draft | None) -> HttpResponse:
        values = form.cleaned_data
        extra = dict(form.extra.values) if form.extra else {}
        thread = start_thread(
            user,
            NewThread(
                category=values["category"],
                kind=kind,
                title=values["title"],
                source=values["text"],
                themes=values["themes"],
                parks=values["parks"],
                tags=tags_of(values["tags"]),
                about=about.key if about else "",
                need=extra if kind == ThreadKind.NEED else {},
                policy=extra if kind == ThreadKind.POLICY else {},
                draft=draft,
                token=values["token"],
            ),
        )
        if not thread.is_published:
            _say_pending(request)
        return redirect(thread)

    composer = Composer(
        request, user, "new", make=partial(ThreadForm, user, kind), post=post, category=_chosen
    )
    composer.template = "forum/writing/new.html"
    prompt = PROMPTS[kind]
    category = Category.objects.filter(slug=request.GET.get("category", "")[:80]).first()
    composer.initial = {
        "kind": kind.value,
        "text": prompt.source(),
        "about": about.key if about else "",
        "title": about.title_for(kind) if about else "",
        "category": category.pk if category else None,
    }
    composer.context = {"kind": kind, "prompt": prompt, "about": about}
    return composer.respond()


def _chosen(form: TextForm) -> Category | None:
    field: Any = form.fields["category"]
    value = form["category"].value()
    text = str(getattr(value, "pk", value) or "")
    if not (text.isascii() and text.isdecimal()):
        return None
    found: Category | None = field.queryset.filter(pk=int(text[:9])).first()
    return found


@never_cache
@require_http_methods(READS)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer in a thread; ``?quote=`` puts a post's text into the form."""
    user = request.user
    key = f"thread:{pk}"
    if not isinstance(user, User):
        return log_in_first(request, key)
    threads = Thread.objects.visible_to(user).select_related("category")
    thread = threads.filter(pk=pk).first()
    if thread is None:
        raise Http404
    if thread.merged_into_id:
        return redirect("forum:reply", thread.merged_into_id)
    if not permissions.can_answer(user, thread) and request.method != "POST":
        messages.error(request, _why_not(user, thread))
        return redirect(thread)

    def post(form: ReplyForm, draft: Draft | None) -> HttpResponse:
        values = form.cleaned_data
        before = thread.posts.filter(pk=values["replies_to"]).first()
        made = answer(
            user,
            thread,
            values["text"],
            replies_to=before,
            draft=draft,
            token=values["token"],
        )
        if not made.is_published:
            _say_pending(request)
        return redirect("forum:post", made.pk)

    composer = Composer(
        request, user, key, make=ReplyForm, post=post, category=lambda _form: thread.category
    )
    composer.template = "forum/writing/reply.html"
    composer.initial = quotation(request, user, thread)
    composer.context = {"thread": thread, "action": reverse("forum:reply", args=[pk])}
    return composer.respond()


@never_cache
@require_http_methods(READS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one's own post, or as a moderator somebody else's."""
    user = request.user
    if not isinstance(user, User):
        return log_in_first(request, f"edit:{pk}")
    posts = Post.objects.visible_to(user).select_related("thread__category", "author")
    found = posts.filter(pk=pk).first()
    if found is None or not permissions.can_edit(user, found):
        raise Http404
    files = list(found.files.all())

    def post(form: EditForm, draft: Draft | None) -> HttpResponse:
        values = form.cleaned_data
        edited = edit_post(
            user,
            found,
            values["text"],
            title=values.get("title", ""),
            reason=values["reason"],
            draft=draft,
            without=[file.pk for file in values.get("without", ())],
        )
        if not edited.is_published:
            _say_pending(request)
        return redirect("forum:post", found.pk)

    composer = Composer(
        request,
        user,
        f"edit:{pk}",
        make=partial(EditForm, files=files, has_title=found.number == 1),
        post=post,
        category=lambda _form: found.thread.category,
    )
    composer.template = "forum/writing/edit.html"
    composer.files = files
    composer.initial = {"text": found.source, "title": found.thread.title}
    composer.context = {"post": found, "thread": found.thread, "is_own": found.author_id == user.pk}
    return composer.respond()


def _say_pending(request: HttpRequest) -> None:
    messages.info(
        request,
        _("A moderator looks at this before others see it. You are told when it is shown."),
    )


def _why_not(user: User, thread: Thread) -> str:
    if thread.closed:
        return _("This thread is closed.")
    if thread.category.access == "group" and permissions.can_read(user, thread.category):
        return _("Only members of the group write here.")
    return _("You cannot write here.")
