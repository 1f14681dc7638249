#!/bin/sh
# Pins the direct dependencies of pyproject.toml, with hashes, into three files:
# what runs, what tests (and what runs), and the same on the next Wagtail.
set -eu
uv=${1:-uv}
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --index-strategy unsafe-best-match "$@"
}
compile pyproject.toml -o requirements.txt
compile pyproject.toml --group test -c requirements.txt -o tests/requirements.txt
next=$(mktemp)
echo 'wagtail>=8.0.1,<8.1' > "$next"
compile pyproject.toml --group test --override "$next" -o tests/requirements-next.txt
rm "$next"
