"""The register installs into an empty Wagtail project (DESIGN: it knows nothing above it)."""

import os
import subprocess
import sys
from pathlib import Path

SETTINGS = """
SECRET_KEY = "empty-project-" + "2" * 40
INSTALLED_APPS = [
    "register", "wagtail_modeladmin", "guardian", "django_q", "phonenumber_field",
    "wagtail.contrib.settings", "wagtail.sites", "wagtail.users", "wagtail.documents",
    "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit",
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "empty.sqlite3"}}
ROOT_URLCONF = "empty_urls"
AUTHENTICATION_BACKENDS = ["register.authentication.StaffBackend"]
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
ANONYMOUS_USER_NAME = None
STATIC_URL = "/static/"
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
WAGTAIL_SITE_NAME = "Empty"
WAGTAILADMIN_BASE_URL = "http://localhost"
Q_CLUSTER = {"orm": "default", "timeout": 60, "retry": 900}
"""
URLS = """
from django.urls import include, path
from wagtail.admin import urls
urlpatterns = [path("admin/", include(urls))]
"""
VISIT = """
from django.contrib.auth.models import Group, User
from django.test import Client
from register.models import StaffMember
user = User.objects.create_user("ohjaaja")
StaffMember.objects.create(user=user, agreement_signed_on="2020-01-01",
    trained_on="2020-01-01", training_valid_until="2999-01-01")
user.groups.add(Group.objects.get(name="counsellor"))
visitor = Client(headers={"host": "localhost"})
visitor.force_login(user)
print(*(visitor.get(url).status_code for url in
    ("/admin/", "/admin/asiakkaat/", "/admin/asiakkaat/create/", "/admin/henkilosto/")))
"""


def test_it_installs_into_an_empty_project(tmp_path):
    (tmp_path / "empty_settings.py").write_text(SETTINGS)
    (tmp_path / "empty_urls.py").write_text(URLS)
    root = Path(__file__).parents[2]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "empty_settings",
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(root))),
    }

    def django(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    django("check")
    django("migrate", "-v0")
    assert django("makemigrations", "register", "--check", "--dry-run")
    assert django("shell", "-v0", "-c", VISIT).split() == ["200", "200", "200", "404"]
