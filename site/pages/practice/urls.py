"""Addresses of what readers do with articles, beside the pages themselves."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from pages.practice import review_views, views

app_name = "practice"

urlpatterns = [
    path(_("articles/<int:pk>/"), views.permanent, name="permanent"),
    path(_("articles/<int:pk>/useful/"), views.useful, name="useful"),
    path(_("articles/<int:pk>/adopt/"), views.adopt, name="adopt"),
    path(_("articles/<int:pk>/print/"), views.print_out, name="print"),
    path(_("articles/<int:pk>/pdf/"), views.pdf, name="pdf"),
    path(_("articles/<int:pk>/still-right/"), review_views.confirm, name="confirm"),
    path(_("adoptions/<int:pk>/"), views.change, name="adoption"),
    path(_("adoptions/<int:pk>/withdraw/"), views.withdraw, name="withdraw"),
    path(_("mine/"), review_views.mine, name="mine"),
    path(_("still-right/<str:token>/"), review_views.by_link, name="review"),
]
