"""Style sheet and scripts, named by their content so that browsers keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from markupsafe import Markup

FOR_EVER = "public, max-age=31536000, immutable"
"""Cache-Control of what is named by its content."""
STATIC = Path(__file__).parent / "static"
BASE = "/static/dist/"
BUILT = f"{BASE}assets/"
"""Where the front-end build puts what it names by content."""
MANIFEST = STATIC / "dist" / ".vite" / "manifest.json"


class AssetMissing(Exception):
    """A page asks for a script that has not been built."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stylesheet:
    """The files of `static/css` as one sheet, in the order of their names."""

    content: bytes
    compressed: bytes
    digest: str


@cache
def stylesheet(folder: Path = STATIC / "css") -> Stylesheet:
    """Return the sheet; it is read once, since it only changes with the program."""
    content = b"\n".join(path.read_bytes() for path in sorted(folder.glob("*.css")))
    return Stylesheet(
        content=content,
        compressed=gzip.compress(content, mtime=0),
        digest=hashlib.sha256(content).hexdigest()[:12],
    )


@cache
def file_digest(path: Path) -> str:
    """Return the short digest of a static file, "" when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the front-end build made: `path` is Vite's manifest, `base` the address of its folder."""

    path: Path = MANIFEST
    base: str = BASE

    def tags(self, entry: str, *, optional: bool = False) -> Markup:
        """Return the elements that load `entry` ("src/page.js"): its styles, its chunks, itself.

        Raises AssetMissing when the front end has not been built or has no such entry; `optional` returns nothing
        then, for what only adds to a page that works without it.
        """
        if optional and not (self.path.is_file() and entry in self._chunks()):
            return Markup()
        chunks = self._chunks()
        if entry not in chunks:
            raise AssetMissing(f"{entry} is not an entry of {self.path}")
        order = list(dict.fromkeys(_with_imports(chunks, entry)))
        styles = dict.fromkeys(css for name in order for css in chunks[name].get("css", ()))
        lines = [Markup('<link rel="stylesheet" href="{}">').format(self.base + css) for css in styles]
        lines += [
            Markup('<link rel="modulepreload" href="{}">').format(self.base + chunks[name]["file"])
            for name in order
            if name != entry
        ]
        lines.append(Markup('<script type="module" src="{}"></script>').format(self.base + chunks[entry]["file"]))
        return Markup("\n").join(lines)

    def _chunks(self) -> dict[str, Any]:
        if not self.path.is_file():
            raise AssetMissing(f"{self.path} is missing: build the front end (python3 dev.py run does)")
        return _read_manifest(self.path, self.path.stat().st_mtime_ns)


@cache
def _read_manifest(path: Path, _changed: int) -> dict[str, Any]:
    manifest: dict[str, Any] = orjson.loads(path.read_bytes())
    return manifest


def _with_imports(chunks: dict[str, Any], name: str) -> Iterator[str]:
    """Yield a chunk after everything it imports; the manifest has no cycles."""
    for imported in chunks[name].get("imports", ()):
        yield from _with_imports(chunks, imported)
    yield name
