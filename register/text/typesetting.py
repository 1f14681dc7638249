"""Where a line of a page may end: what is read together stays together, and long words may part.

Browsers know no Finnish: Chromium has no hyphenation for it, and none knows that a number belongs
to its unit. Only what people read changes; `normal_form` takes both characters out again.
"""

import re
from itertools import pairwise

NO_BREAK, SOFT_HYPHEN = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}"

# What a number stands before, in Finnish, Swedish and English: beginnings of words, then signs.
WORDS = (
    "vuo|kuukau|viik|päiv|tun[nt]|minuu|sekun|euro|sent|artik|koh[dt]|moment|luku|luvu|kert"
    "|år|månad|veck|dag|timm|punkt|kapit|gång|year|month|week|day|hour|second|article|section"
)
SIGNS = r"€|%|§|°|(?:kpl|kk|pv|vk|st|h|min|kB|MB|GB)\b"
MONTHS = r"\w+kuu|januar|februar|mar[cs]|april|ma[jy]|jun|jul|august|septem|o[ck]to|novem|decem"
TOGETHER = re.compile(
    "|".join(
        [
            r"(?<=\d) (?=\d)",  # 1 234,50 and 040 767 6884
            rf"(?<=\d) (?={WORDS}|{SIGNS})",
            rf"(?<=\d) (?={MONTHS})|(?<=\d\.) (?={MONTHS})",
            r"(?<=§) (?=\d)|(?<=\(EU\)) (?=\d)",
            r"(?<=\bklo) (?=\d)|(?<=\bkl\.) (?=\d)|(?<=\bart\.) (?=\d)",
            r"(?<=\b\d{5}) (?-i:(?=[A-ZÅÄÖ]))",  # 01530 Vantaa
            r"(?<=\w) (?-i:(?=Oyj?\b|Abp?\b))",
            r" (?=– )",  # no line begins with a dash
        ]
    ),
    re.IGNORECASE,
)

# In Finnish a syllable begins at each consonant before a vowel. Where a word begins inside a word
# is a better place; no rule finds it, so those that notices are made of are listed.
SYLLABLE = re.compile("(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö])", re.IGNORECASE)
INNER_WORDS = {
    "fi": "ammat|aineis|arvioi|asetta|asetu|asiak|elämän|esimerk|henkilö|hallin|ilmoit|käsittel"
    "|lainsää|loukka|lomak|oikeu|ohjau|ohjee|opetu|oppila|osoit|palaut|palvelu|pitäj|rekister"
    "|salass|selost|sopimu|suoja|suostum|tarjo|tiedo|tieto|toimist|turva|ulkop|valmen|valtuut"
    "|velvoll|yhtey|yhtiö|ylläpi|yrity",
    "sv": "behandl|beskriv|ombud|person|register|skydd|säkerhet|tjänst|uppgift|vägled",
}
INNER_WORD = {
    language: re.compile(f"(?={words})", re.IGNORECASE) for language, words in INNER_WORDS.items()
}
# No part of an address: nobody could copy that any more.
LONG_WORD = re.compile(r"(?<![\w@./:])[^\W\d_]{16,}(?![\w@/:]|\.\w)")
LEAST_PART, LONGEST_PART = 4, 12  # letters without a hyphen

TAG = re.compile(r"""(<!--.*?-->|<(?:[^"'<>]|"[^"]*"|'[^']*')*>)""", re.DOTALL)
# What stands in these is a value or a programme, and stays as it is.
UNTOUCHED = re.compile(r"<(/?)(textarea|option|script|style|pre|code)\b", re.IGNORECASE)


def typeset(html: str, *, language: str) -> str:
    """Return HTML whose texts are bound where no line may end, and parted where a long word may.

    Args:
        language: the code of the language it is written in, "fi".
    """
    pieces = TAG.split(html)
    inside = 0
    for index, piece in enumerate(pieces):
        if index % 2:
            if found := UNTOUCHED.match(piece):
                inside += -1 if found[1] else 1
        elif piece and inside <= 0:
            pieces[index] = bound(piece)
            if language in INNER_WORD:
                pieces[index] = LONG_WORD.sub(lambda word: parted(word[0], language), pieces[index])
    return "".join(pieces)


def bound(text: str) -> str:
    """Return a text with spaces that no line ends at: "3 kuukautta", "1 234,50 €", "§ 6"."""
    return TOGETHER.sub(NO_BREAK, text)


def parted(word: str, language: str) -> str:
    """Return a word with soft hyphens: between its words, and in a long Finnish one's syllables."""
    ends = [0, *places(INNER_WORD[language], word), len(word)]
    words = [word[begin:end] for begin, end in pairwise(ends)]
    return SOFT_HYPHEN.join(
        SOFT_HYPHEN.join(syllables(each)) if language == "fi" and len(each) > LONGEST_PART else each
        for each in words
    )


def syllables(word: str) -> list[str]:
    """Return the parts of a word, none of them shorter than the least."""
    ends = [0, *places(SYLLABLE, word), len(word)]
    return [word[begin:end] for begin, end in pairwise(ends)]


def places(beginning: re.Pattern[str], word: str) -> list[int]:
    """Return where a word may part by the pattern, with enough letters on either side."""
    return [
        found.start()
        for found in beginning.finditer(word)
        if LEAST_PART <= found.start() <= len(word) - LEAST_PART
    ]
