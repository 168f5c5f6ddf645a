"""What writing in the forum hands to those who gather it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from activity.desk import Panel as OwnPanel
from activity.desk import register_panel
from activity.schedule import Job, register_job
from network.forum.reading import parts as of_posts
from network.forum.reading.parts import Part, Place
from network.forum.services.drafts import forget_old_drafts
from network.forum.writing import parts
from network.forum.writing.beside import discussed_in
from network.forum.writing.listing import panel_rows
from network.forum.writing.unfolding import cards
from ui import beside


def register_all() -> None:
    """Called once, when the apps are ready."""
    register_panel(OwnPanel("forum.drafts", _("Drafts in the forum"), "drafts", panel_rows))
    register_job(Job("forum.drafts", forget_old_drafts, timedelta(days=1)))
    beside.register(beside.Panel("forum.discussed", discussed_in, position=50))
    of_posts.register(Part("files", Place.BELOW, parts.files, position=10))
    of_posts.register(Part("cards", Place.BELOW, cards, position=20))
    of_posts.register(Part("reactions", Place.BELOW, parts.reactions, position=30))
    of_posts.register(Part("writing", Place.ACTIONS, parts.actions, position=10))
