"""Where files lie: by the digest of their content, on a disk or in an object store (fsspec)."""

import hashlib
import uuid
from contextlib import suppress

import fsspec


class FileStore:
    """Content-addressed: the same bytes are kept once, and no name from outside is a path."""

    def __init__(self, url: str) -> None:
        self._files, self._root = fsspec.core.url_to_fs(url)

    def put(self, content: bytes) -> str:
        """Store and return the SHA-256 in hexadecimal. Safe to repeat and to race."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not self._files.exists(path):
            self._files.makedirs(path.rsplit("/", 1)[0], exist_ok=True)
            # Written beside and renamed: a killed process leaves no half file under the digest.
            partial = f"{path}.{uuid.uuid4().hex}"
            try:
                self._files.pipe_file(partial, content)
                self._files.mv(partial, path)
            except OSError:  # a full disk would stay full of halves: each attempt leaves one
                with suppress(OSError):
                    self._files.rm_file(partial)
                raise
        return digest

    def get(self, digest: str) -> bytes:
        """Raises FileNotFoundError."""
        content: bytes = self._files.cat_file(self._path(digest))
        return content

    def _path(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest[2:4]}/{digest}"
