"""Addresses of questions, needs and policy matters, below the forum's."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.forum.kinds import matter_views as matters
from network.forum.kinds import need_views as needs
from network.forum.kinds import question_views as questions

urlpatterns = [
    path(_("p/<int:pk>/accept/"), questions.accept, name="accept"),
    path(_("questions/<int:pk>/reopen/"), questions.unaccept, name="unaccept"),
    path(_("questions/<int:pk>/article/"), questions.article, name="article"),
    path(_("unanswered/"), questions.unanswered, name="unanswered"),
    path(_("article-drafts/"), questions.drafts, name="article-drafts"),
    path(_("needs/"), needs.need_list, name="needs"),
    path(_("needs/<int:pk>/matches/"), needs.matches, name="need-matches"),
    path(_("needs/<int:pk>/step/"), needs.step, name="need-step"),
    path(_("needs/<int:pk>/edit/"), needs.edit, name="need-edit"),
    path(_("matters/"), matters.matter_list, name="matters"),
    path(_("matters/<int:pk>-<slug:slug>/"), matters.matter, name="matter"),
    path(_("matters/<int:pk>/position/"), matters.position, name="matter-position"),
    path(_("matters/<int:pk>/stand/"), matters.stand, name="matter-stand"),
    path(_("matters/<int:pk>/documents/"), matters.add_document, name="matter-document"),
    path(_("matters/<int:pk>/step/<slug:name>/"), matters.step, name="matter-step"),
    path(_("matters/files/<int:pk>/"), matters.file, name="matter-file"),
    path(
        _("matters/files/<int:pk>/remove/"),
        matters.remove_document,
        name="matter-document-remove",
    ),
]
