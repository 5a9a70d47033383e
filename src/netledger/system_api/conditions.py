"""Which editions of an answer the caller has already, by If-None-Match. Source: RFC 9110, 13.1.2 and 8.8.3."""

import re
from typing import NamedTuple

from netledger.system_api.request import Environ

ANY = "*"
_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


class KnownTags(NamedTuple):
    """The tags that a caller sent; none, if it did not ask by them."""

    header: str = ""

    def __bool__(self) -> bool:
        return bool(self.header)

    def cover(self, tag: str) -> bool:
        """Whether that edition is one of them. Weak and strong are compared alike, as the RFC has it."""
        if self.header.strip() == ANY:
            return True
        return tag.removeprefix("W/") in _TAG.findall(self.header)


def known_tags_of(environ: Environ) -> KnownTags:
    """What the caller has. A POST is always answered in full: there the header would ask for a refusal."""
    if environ["REQUEST_METHOD"] == "POST":
        return KnownTags()
    return KnownTags(environ.get("HTTP_IF_NONE_MATCH", ""))
