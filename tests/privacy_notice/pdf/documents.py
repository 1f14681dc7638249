"""Reading back what a PDF holds, as far as tests ask: its objects, unpacked."""

import re
import zlib

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def unpacked(pdf):
    """Return the bytes of the file, and those of its packed streams after them."""
    parts = [pdf]
    for packed in STREAM.findall(pdf):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts)


def text(told):
    """Return all that stands in blocks as `reading.read` gives them, passage after passage."""
    if isinstance(told, str):
        return told
    if isinstance(told, dict):
        names = ("inline", "items", "head", "rows", "term", "told")
        return " ".join(text(told[name]) for name in names if name in told)
    return "".join(map(text, told)) if is_inline(told) else " ".join(map(text, told))


def is_inline(told):
    return any(isinstance(each, str) or "to" in each for each in told if each)
