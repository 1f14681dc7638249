#!/bin/sh
# Prints the path of each supported Python that works here, the newest first and one a version.
# A name on the path may be an empty promise (pyenv's shims), or have no venv (Debian's packages).
set -u
IFS=:
for version in 3.13 3.12 3.11; do
    for folder in $PATH; do
        for name in "python$version" python3; do
            "$folder/$name" -c "
import ensurepip, sqlite3, ssl, sys
if sys.version.startswith('$version.'):
    print(sys.executable)" 2>/dev/null | grep . && continue 3
        done
    done
done
