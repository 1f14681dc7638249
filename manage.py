#!/usr/bin/env python
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "futuuri_site.settings.dev")
    from django.core.management import execute_from_command_line

    from futuuri_site.whereabouts import tell

    tell(sys.argv)
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
