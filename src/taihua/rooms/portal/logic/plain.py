"""The public site as plain files: links from file to file, and the list of what there is."""

import json
import posixpath
import re
from collections.abc import Mapping
from hashlib import sha256
from html import escape, unescape

LINK = re.compile(r'(?P<before>\s(?:href|src)=")(?P<address>[^"]*)(?P<after>")')
LIST = "manifest.json"
SEAL = "manifest.sig"
KEY = "manifest.pub"
OWN = (LIST, SEAL, KEY)


def relinked(html: str, own: str, files: Mapping[str, str], site: str = "") -> str:
    """A page that lies at ``own``, its links leading to the files in which their addresses now lie.

    What does not come along is named where it stands on the living ``site``.
    """

    def lead(found: re.Match[str]) -> str:
        address, hash_, part = unescape(found["address"]).partition("#")
        path = files.get(address)
        if path is None:
            if address.startswith("/") and not address.startswith("//"):
                return f"{found['before']}{escape(site + address + hash_ + part)}{found['after']}"
            return found[0]
        there = posixpath.relpath(path, posixpath.dirname(own) or ".")
        return f"{found['before']}{escape(there + hash_ + part)}{found['after']}"

    return LINK.sub(lead, html)


def listing(files: Mapping[str, bytes | str]) -> bytes:
    """Every file with its SHA-256 (or the one at hand), in one order: what is signed."""
    sums = {
        path: content if isinstance(content, str) else sha256(content).hexdigest()
        for path, content in sorted(files.items())
    }
    return (json.dumps({"sha256": sums}, ensure_ascii=False, indent=1) + "\n").encode()


def listed(content: bytes) -> dict[str, str]:
    """The sums of a list; nothing if it is no list of ours."""
    try:
        sums = json.loads(content)["sha256"]
    except (ValueError, KeyError, TypeError):
        return {}
    return {str(path): str(found) for path, found in sums.items()} if isinstance(sums, dict) else {}


def differences(said: Mapping[str, str], found: Mapping[str, str]) -> dict[str, list[str]]:
    """What is missing, changed or there too many, against what the list says."""
    return {
        "missing": sorted(said.keys() - found.keys()),
        "changed": sorted(path for path in said.keys() & found.keys() if said[path] != found[path]),
        "strange": sorted(found.keys() - said.keys()),
    }


def safe_name(name: str) -> str:
    """A file's name as every file system takes it, without a way out of its folder."""
    bare = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]', "_", name).strip(" .")
    return bare[-80:].strip(" .") or "_"
