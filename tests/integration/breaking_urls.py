"""The site's addresses, and one for each way in which a database refuses data."""

from django.urls import path

from futuuri_site.urls import urlpatterns as own
from tests.integration.breaking import in_web

urlpatterns = [path("rikki/<way>/", in_web), *own]
