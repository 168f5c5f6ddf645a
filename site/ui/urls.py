from django.urls import path
from django.utils.translation import gettext_lazy as _

from ui.views import component_gallery

app_name = "ui"
urlpatterns = [path(_("components/"), component_gallery, name="gallery")]
