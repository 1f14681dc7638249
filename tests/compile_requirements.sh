#!/bin/sh
# Pins the direct dependencies of pyproject.toml, with hashes, into three files:
# what runs, what tests (and what runs), and the same on the next Wagtail.
set -eu
uv=${1:-uv}
# With extras: pip takes a pin for a request such as coverage[toml] only when it names them too, and
# fails for its missing hash on the day on which a newer version comes out.
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-strip-extras \
        --index-strategy unsafe-best-match "$@"
}
compile pyproject.toml --extra site -o requirements.txt
compile pyproject.toml --extra site --group test -c requirements.txt -o tests/requirements.txt
next=$(mktemp)
echo 'wagtail>=8.0.1,<9' > "$next"
compile pyproject.toml --extra site --group test --override "$next" -o tests/requirements-next.txt
rm "$next"
