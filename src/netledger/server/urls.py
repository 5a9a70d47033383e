"""The pages that Django serves; `/system_api/` is answered before it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
