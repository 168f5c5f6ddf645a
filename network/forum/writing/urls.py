"""Addresses for writing in the forum."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.forum.writing import draft_views as drafts
from network.forum.writing import post_views as posts
from network.forum.writing import suggesting_views as suggesting
from network.forum.writing import views

urlpatterns = [
    path(_("new/"), views.new, name="new"),
    path(_("t/<int:pk>/reply/"), views.reply, name="reply"),
    path(_("p/<int:pk>/edit/"), views.edit, name="edit"),
    path(_("p/<int:pk>/history/"), posts.history, name="history"),
    path(_("p/<int:pk>/delete/"), posts.delete, name="delete"),
    path(_("p/<int:pk>/react/"), posts.react, name="react"),
    path(_("files/<int:pk>/"), posts.file, name="file"),
    path(_("drafts/"), drafts.drafts, name="drafts"),
    path(_("drafts/save/"), drafts.save, name="save-draft"),
    path(_("drafts/upload/"), drafts.upload, name="upload"),
    path(_("drafts/files/<int:pk>/remove/"), drafts.remove_file, name="remove-file"),
    path(_("drafts/<int:pk>/delete/"), drafts.delete, name="delete-draft"),
    path(_("preview/"), suggesting.preview, name="preview"),
    path(_("suggest/people/"), suggesting.people, name="suggest-people"),
    path(_("suggest/threads/"), suggesting.similar, name="suggest-threads"),
]
