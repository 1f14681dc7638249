import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.production")
application = get_wsgi_application()

# After the applications are loaded: neither with settings that don't fit, nor on a database with
# public passwords or other keys, is anything served. On a restored one, visitors are told to wait
# (`register.standstill`).
from django.db import connections  # noqa: E402

from futuuri_site.demo import refuse_demo_logins  # noqa: E402
from futuuri_site.requests import SiteWSGIRequest  # noqa: E402
from register.conf import refuse_unfit  # noqa: E402
from register.domain.operations.keys import refuse_unknown  # noqa: E402

application.request_class = SiteWSGIRequest
refuse_unfit()
refuse_demo_logins()
refuse_unknown()
connections.close_all()
