"""The site's own pages, as a visitor gets them: through all middleware, with nobody logged in."""

import sys
from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from register.text.normal_form import one_line

# What a browser asks for by itself when it shows a page, and what it sends a form to.
ASKED_FOR = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "form": ("action",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "input": ("formaction",),
    "button": ("formaction",),
}
# Relations of a link that only tell of an address, and make no browser ask for it.
ONLY_TOLD = {"canonical", "alternate", "author", "license"}
EMPTY = {"br", "hr", "img", "input", "link", "meta", "source", "embed", "area", "col", "wbr"}


class Visitor:
    """Somebody without an account who looks at pages of this very process."""

    def __init__(self) -> None:
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def get(self, path: str, *, secure: bool | None = None) -> HttpResponseBase:
        """Return the answer to a request for the path.

        Args:
            secure: whether it comes over https; by default as the site's own address says.
        """
        site = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        scheme = site.scheme if secure is None else "https" if secure else "http"
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": site.hostname or "localhost",
            "SERVER_PORT": str(site.port or (443 if scheme == "https" else 80)),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": site.netloc or "localhost",
            "HTTP_ACCEPT_LANGUAGE": settings.LANGUAGE_CODE,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        if scheme == "https" and settings.SECURE_PROXY_SSL_HEADER:
            name, value = settings.SECURE_PROXY_SSL_HEADER
            environ[name] = value
        # A middleware turns the language to that of the visitor, and leaves it there.
        with translation.override(settings.LANGUAGE_CODE):
            return self.handler.get_response(WSGIRequest(environ))

    def page(self, path: str) -> "ReadPage":
        """Return what a page says. ValueError when the visitor doesn't get it."""
        answer = self.get(path)
        if answer.status_code != 200 or answer.streaming:
            raise ValueError(f"The answer was {answer.status_code}.")
        read = ReadPage()
        read.feed(answer.content.decode(answer.charset))  # type: ignore[attr-defined]
        read.policy = answer.headers.get("Content-Security-Policy", "")
        return read


@dataclass
class Element:
    tag: str
    id: str = ""
    text: list[str] = field(default_factory=list)


class ReadPage(HTMLParser):
    """The words of a page, by the element they stand in, and what its mark-up asks for.

    Attributes:
        language: what the page says its language is.
        rows: the cells of each row of a table.
        links: where its links lead.
        asked_for: addresses that a browser asks for by itself.
        policy: its content security policy.
    """

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.policy = ""
        self.sections: list[str] = []
        self.rows: list[list[str]] = []
        self.links: list[str] = []
        self.asked_for: list[str] = []
        self._open: list[Element] = []
        self._texts: dict[str, list[str]] = defaultdict(list)
        self._read: dict[str, str] = {}  # put into one form once, when first asked for

    def words(self, inside: str = "") -> str:
        """Return the words of the element with the id, in one form and case; of the whole page."""
        if inside not in self._read:
            self._read[inside] = one_line(" ".join(self._texts.get(inside, ()))).casefold()
        return self._read[inside]

    def says(self, phrase: str, *, inside: str = "") -> bool:
        """Whether the words stand on the page, or in the element with the id; case is no matter."""
        return one_line(phrase).casefold() in self.words(inside)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "section" and "id" in given:
            self.sections.append(given["id"])
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td") and self.rows:
            self.rows[-1].append("")
        told = tag == "link" and set(given.get("rel", "").split()) & ONLY_TOLD
        for name in () if told else ASKED_FOR.get(tag, ()):
            if given.get(name):
                self.asked_for += [each.split()[0] for each in given[name].split(",") if each]
        if tag not in EMPTY:
            self._open.append(Element(tag, given.get("id", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            """What was left open ends with what is around it."""

    def handle_data(self, data: str) -> None:
        if any(each.tag in ("script", "style") for each in self._open):
            return
        for name in {"", *(each.id for each in self._open)}:
            self._texts[name].append(data)
            self._read.pop(name, None)
        if self.rows and self.rows[-1] and any(each.tag in ("th", "td") for each in self._open):
            self.rows[-1][-1] = one_line(f"{self.rows[-1][-1]} {data}")
