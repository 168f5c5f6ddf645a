"""Addresses of the organisations."""

from django.urls import path

from network.organisations import views

app_name = "organisations"

urlpatterns = [
    path("", views.directory, name="list"),
    path("<slug:slug>/", views.profile, name="detail"),
]
