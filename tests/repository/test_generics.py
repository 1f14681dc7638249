"""The code runs on Django's own classes, not on those that a type checker's helper has changed.

A companion of Wagtail makes classes such as ModelForm generic while it is imported. Whether that
comes first depends on versions and on the order of apps.
"""

import subprocess
import sys

from tests.repository.files import ROOT

WITHOUT_HELPER = """
from django_stubs_ext import patch
# What that companion needs itself stays.
patch._need_generic = [
    each for each in patch._need_generic if each.cls.__name__ == "BaseConnectionHandler"
]

import django
from django import forms
django.setup()
assert not hasattr(forms.ModelForm, "__class_getitem__")

import importlib, pkgutil
for name in ("register", "privacy_notice", "home", "futuuri_site"):
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, f"{name}."):
        if not any(part in module.name for part in (".settings", ".migrations", "sgi")):
            importlib.import_module(module.name)
            print(module.name)
"""


def test_every_module_is_imported_without_the_helper():
    answer = subprocess.run(
        [sys.executable, "-c", WITHOUT_HELPER], cwd=ROOT, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    assert "register.wagtail_admin.base.unchanged" in answer.stdout.split()
