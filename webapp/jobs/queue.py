"""The queue through which jobs are poked: Huey on SQLite, PostgreSQL or Redis, by its address.

A message is a name and an id in JSON; nothing is ever unpickled, and no result is kept.
"""

import json
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

NAME = "cartouche"


class IdsOnly(Serializer):  # type: ignore[misc]
    """Messages as [task id, task name, arguments]: names and whole numbers."""

    def serialize(self, data: Message) -> bytes:
        return json.dumps([data.id, data.name, list(data.args)]).encode()

    def deserialize(self, data: bytes) -> Message:
        task_id, name, arguments = json.loads(data)
        return Message(task_id, name, retries=0, retry_delay=0, args=tuple(arguments), kwargs={})


_closing = Lock()


def close_queue(queue: Huey) -> None:
    """Close what the calling thread holds open; another thread that goes on opens it again."""
    with _closing:  # Huey looks and closes in two steps
        queue.storage.close()


def open_queue(url: str) -> Huey:
    """Raises ValueError for an address of no known kind."""
    options: dict[str, Any] = {"name": NAME, "results": False, "serializer": IdsOnly()}
    scheme = urlsplit(url).scheme.partition("+")[0]
    if scheme == "sqlite":
        return SqliteHuey(filename=url.removeprefix("sqlite:///"), fsync=False, **options)
    if scheme in ("postgresql", "postgres"):
        return PostgresHuey(dsn=url.replace("postgresql+psycopg://", "postgresql://"), **options)
    if scheme in ("redis", "rediss"):
        return RedisHuey(url=url, **options)
    raise ValueError(f"queue address: {scheme}")
