"""The screenshots look like the screens."""

import os

import pytest
from django.utils import timezone
from PIL import Image, ImageChops, ImageStat

from docs.screenshots import FOLDER, MOMENT, SCREENS
from futuuri_site import demo_content
from futuuri_site.content import pages
from register.models import Client

pytestmark = pytest.mark.django_db(transaction=True)

# So many pixels in a square are one average grey: another release of Chromium smooths letters in
# another way, but what stands where stays. The letters are DejaVu's, as on Debian.
SIDE = 20
MEAN, WORST = 1, 20  # of 255


def difference(one, other) -> tuple[float, int]:
    """Return the mean and the worst difference of two pictures of one size, cell by cell."""
    assert one.size == other.size
    grid = (one.width // SIDE, one.height // SIDE)
    small = [picture.convert("L").resize(grid, Image.Resampling.BOX) for picture in (one, other)]
    found = ImageStat.Stat(ImageChops.difference(*small))
    return found.mean[0], found.extrema[0][1]


@pytest.fixture
def demonstration(live_server, settings, monkeypatch):
    """The site with its demo content, on the day of the screenshots."""
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)
    settings.DEMO_CONTENT_ALLOWED = True
    pages.create()
    demo_content.create()
    client = Client.objects.get(name="Aada Esimerkki")
    client.register_number = "2SVZX-CH8T7"
    client.save()
    return live_server


@pytest.mark.parametrize("name", SCREENS)
def test_a_screenshot_looks_like_the_screen(demonstration, chromium, tmp_path, name):
    committed = FOLDER / f"{name}.png"
    # `make screenshots` keeps what is made here.
    made = committed if os.environ.get("KEEP_SCREENSHOTS") else tmp_path / f"{name}.png"
    screen = SCREENS[name]
    page = chromium.new_page(
        base_url=demonstration.url,
        viewport={"width": screen.width, "height": screen.height},
        locale="fi-FI",
        forced_colors="active" if screen.forced_colours else "none",
    )
    page.emulate_media(media=screen.media)
    try:
        screen.go(page)
        page.screenshot(path=made)
    finally:
        page.close()

    mean, worst = difference(Image.open(made), Image.open(committed))
    alike = mean < MEAN and worst < WORST
    assert alike, (
        f"{name}.png no longer looks like its screen ({mean:.2f} on average, {worst} at most): "
        "look at both, then `make screenshots`."
    )
