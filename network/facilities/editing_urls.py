"""Addresses on which facilities are edited; part of the room's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.facilities import editing_uploads, editing_views

urlpatterns = [
    path(_("new-facility/"), editing_views.new, name="new"),
    path(_("suggested-terms/"), editing_uploads.suggestions, name="suggestions"),
    path(_("<slug:slug>/edit/"), editing_views.edit, name="edit"),
    path(_("<slug:slug>/edit/pictures/"), editing_uploads.pictures, name="edit-pictures"),
    path(_("<slug:slug>/edit/pictures/<int:pk>/"), editing_uploads.picture, name="edit-picture"),
    path(_("<slug:slug>/edit/documents/"), editing_uploads.documents, name="edit-documents"),
    path(_("<slug:slug>/edit/suggest-a-term/"), editing_uploads.suggest, name="suggest-term"),
    path(_("<slug:slug>/edit/<slug:part>/"), editing_views.part, name="edit-part"),
]
