"""Pages are set by one filter around their content."""

from django.template import Context, Template


def test_html_stays_html_and_its_texts_are_set():
    template = "{% load typesetting %}{% filter typeset:'fi' %}<p>{{ text }}</p>{% endfilter %}"
    page = Template(template).render(Context({"text": "3 vuotta & <b>"}))
    assert page == "<p>3\xa0vuotta &amp; &lt;b&gt;</p>"
