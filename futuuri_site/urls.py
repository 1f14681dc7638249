from typing import NoReturn

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from futuuri_site import well_known
from futuuri_site.sitemap import SiteMap
from register import admin_urls


def closed(request: HttpRequest) -> NoReturn:
    """There is one door, `admin/login/`, for the staff. No page or document is behind another."""
    raise Http404


handler400 = "futuuri_site.bad_request.refused"

urlpatterns = [
    path("admin/", include(admin_urls)),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/authenticate_with_password/", closed),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", well_known.robots, name="robots"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": SiteMap}}, name="sitemap"),
    path(well_known.SECURITY_ADDRESS, well_known.security, name="security"),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    *i18n_patterns(
        re_path(r"^_util/", closed),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
