"""One form for every text: what looks the same is stored the same, and nothing hides in it.

Composed (NFC), because text from a Mac comes decomposed; without what nobody sees: zero-width
and bidi-control characters, soft hyphens, variation selectors, fillers. The joiners of emoji go
with them: the parts of a joined emoji stay, side by side. Each line break is "\\n". Hyphens that
only forbid a line break are hyphens.
"""

import re
import unicodedata

# The characters of Unicode's Default_Ignorable_Code_Point and General_Category=Cf, and besides
# the C1 controls and the empty Braille cell. Not the Arabic number signs, which can be seen.
INVISIBLE = re.compile(
    "[\x80-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Without the separators \x1c to \x1f: they are control characters, which are refused in words.
BLANKS = re.compile(r"[^\S\x1c-\x1f]+")
ENDS = re.compile(rf"\A{BLANKS.pattern}|{BLANKS.pattern}\Z")
HYPHENS = re.compile("[\u2010\u2011\ufe63\uff0d]")
DASHES = re.compile("[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


def lines(text: str) -> str:
    """Return a text of any number of lines in its one form, without blanks at its ends."""
    if not text.isascii():
        text = HYPHENS.sub("-", INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", LINE_BREAK.sub("\n", text))
    return ENDS.sub("", text)


def one_line(text: str) -> str:
    """Return a text of one line in its one form: words with a single blank between them."""
    return BLANKS.sub(" ", lines(text))


def with_hyphens(text: str) -> str:
    """Return a text in which only hyphens are meant, such as a number: each dash is one."""
    return DASHES.sub("-", one_line(text))
