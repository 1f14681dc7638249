"""How well a text reads: what an editor is told in the preview, and the public never sees.

Sentences are counted in words: a Finnish one of more than twenty-five is hard to follow.
"""

import re

from bs4 import BeautifulSoup, Tag

LONGEST_SENTENCE = 25  # words
LONG_SENTENCE, VAGUE_LINK = "data-long-sentence", "data-vague-link"
# A sentence ends where a capital begins another; after "31." or "esim." it goes on.
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ])|(?<=[^\W\d_]{4}[.!?…])\s+(?=\d)")
WORD = re.compile(r"\w[\w:/.,-]*")
TEXTS = ["p", "li", "dd", "td"]
VAGUE = {
    "tästä", "täältä", "tässä", "täällä", "linkki", "tämä", "lue lisää", "lisätietoja", "lisää",
    "klikkaa tästä", "klikkaa", "avaa", "här", "klicka här", "läs mer", "länk", "mer",
    "here", "click here", "read more", "more", "link", "this",
}  # fmt: skip
BARE_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def marked(html: str) -> str:
    """Return a page's content with its hard sentences and its links that say nothing marked."""
    content = BeautifulSoup(html, "html.parser")
    for element in content.find_all(TEXTS):
        if any(count_words(each) > LONGEST_SENTENCE for each in sentences(own_text(element))):
            element[LONG_SENTENCE] = ""
    for link in content.find_all("a"):
        if is_vague(link.get_text()):
            link[VAGUE_LINK] = ""
    return str(content)


def own_text(element: Tag) -> str:
    """Return the text of an element, without that of lists and paragraphs inside."""
    inner = {id(text) for each in element.find_all(TEXTS) for text in each.find_all(string=True)}
    return "".join(text for text in element.find_all(string=True) if id(text) not in inner)


def sentences(text: str) -> list[str]:
    return SENTENCE_END.split(text)


def count_words(sentence: str) -> int:
    return len(WORD.findall(sentence))


def is_vague(text: str) -> bool:
    """Whether the words of a link don't tell where it leads: "tästä", or a bare address."""
    words = " ".join(text.split()).strip(".:…»> ").casefold()
    return words in VAGUE or bool(BARE_ADDRESS.match(words))
