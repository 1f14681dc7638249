import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.production")
application = get_asgi_application()

# After the applications are loaded: a database with public passwords is never served.
from django.db import connections  # noqa: E402

from futuuri_site.demo import refuse_demo_logins  # noqa: E402

refuse_demo_logins()
connections.close_all()
