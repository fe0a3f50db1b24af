"""Who opened a page: somebody who reads, or a machine."""

import re
from collections.abc import Mapping

MACHINE = re.compile(
    r"bot|crawl|spider|slurp|scan|monitor|preview|fetch|archiv|feed|rss|curl|wget|python|java/|"
    r"okhttp|go-http|httpclient|libwww|headless|phantom|lighthouse|facebookexternalhit|"
    r"node|axios|scrapy|bytedance|sogou web|yisou",
    re.IGNORECASE,
)
AHEAD = ("Sec-Purpose", "Purpose", "X-Moz")


def reads(method: str, headers: Mapping[str, str]) -> bool:
    """Whether a person is likely to read the page: no machine, not fetched ahead of being asked."""
    if method != "GET" or any(
        word in headers.get(name, "") for name in AHEAD for word in ("prefetch", "prerender")
    ):
        return False
    agent = headers.get("User-Agent", "")
    return bool(agent) and MACHINE.search(agent) is None
