"""The static files: public, so that whoever runs the site can read what another user collected."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, whose files have all the mode that the settings say.

    By itself it leaves the compressed ones to the umask of who collects them.
    """

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        for name, compressed in super().compress_files(paths):
            Path(self.path(compressed)).chmod(self.file_permissions_mode)
            yield name, compressed

    def read_manifest(self) -> Any:
        try:
            return super().read_manifest()
        except PermissionError:
            raise ImproperlyConfigured(
                f"STATIC_ROOT can't be read by the user with id {os.geteuid()}: run "
                "manage.py collectstatic --clear --noinput as the user who owns it."
            ) from None
