"""Addresses of reporting and moderating."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from network.forum.moderation import people_views, thread_views, views

POST = [
    path("", views.post_page, name="moderate-post"),
    path(_("split/"), thread_views.split, name="split-post"),
    *(
        path(f"{each}/", views.decide, {"decision": each}, name=f"{each}-post")
        for each in views.DECISIONS
    ),
]
THREAD = [
    path("", thread_views.thread_page, name="moderate-thread"),
    path(_("move/"), thread_views.move, name="move-thread"),
    path(_("merge/"), thread_views.merge, name="merge-thread"),
    *(
        path(f"{each.value}/", thread_views.keep, {"kind": each.value}, name=f"{each.value}-thread")
        for each in thread_views.DONE
    ),
]
PERSON = [
    path("", people_views.person_page, name="moderate-person"),
    path("silence/", people_views.silence, name="silence-person"),
    *(
        path(f"{each}/", people_views.change, {"what": each}, name=f"{each}-person")
        for each in ("release", "trust", "distrust")
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path(_("p/<int:pk>/report/"), views.flag, name="flag"),
    path(_("moderation/"), views.queue, name="moderation"),
    path(_("moderation/log/"), views.log_page, name="moderation-log"),
    path(_("moderation/post/<int:pk>/"), include(POST)),
    path(_("moderation/thread/<int:pk>/"), include(THREAD)),
    path(_("moderation/person/<int:pk>/"), include(PERSON)),
]
