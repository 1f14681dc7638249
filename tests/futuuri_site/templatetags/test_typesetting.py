"""Pages are set by one tag around their content."""

from types import SimpleNamespace

from django.template import Context, Template

from privacy_notice.prose.reading import VAGUE_LINK


def test_html_stays_html_and_its_texts_are_set():
    template = Template("{% load typesetting %}{% typeset %}<p>{{ text }}</p>{% endtypeset %}")
    page = template.render(Context({"language": "fi", "text": "3 vuotta & <b>"}))
    assert page == "<p>3\xa0vuotta &amp; &lt;b&gt;</p>"


def test_only_a_preview_is_marked():
    template = Template('{% load typesetting %}{% typeset %}<a href="/">tästä</a>{% endtypeset %}')
    for is_preview in (True, False):
        request = SimpleNamespace(is_preview=is_preview)
        html = template.render(Context({"language": "fi", "request": request}))
        assert (VAGUE_LINK in html) is is_preview
