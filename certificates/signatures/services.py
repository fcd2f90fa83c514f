"""Asking a time-stamp service (RFC 3161, over HTTP) for its token on a signature."""

from asyncio import to_thread
from gettext import gettext as _
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

_MOST_ANSWER = 60_000
_ASKED, _ANSWERED = "application/timestamp-query", "application/timestamp-reply"


class StampUnavailable(Exception):
    """The service gave no time stamp; its text says so in Chinese. Try again later."""


class TimeStampService(TimeStamper):
    """A service at an http or https address; `seconds` is how long an answer may take."""

    def __init__(self, url: str, seconds: float = 10) -> None:
        """Raises ValueError for another kind of address."""
        super().__init__()
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(url)
        self.url, self.seconds = url, seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Raises StampUnavailable."""
        try:
            answer = await to_thread(self._ask, req.dump())
            return tsp.TimeStampResp.load(answer)
        except (OSError, HTTPException, ValueError) as error:
            raise unavailable(self.url) from error

    def _ask(self, question: bytes) -> bytes:
        request = Request(self.url, question, {"Content-Type": _ASKED})  # noqa: S310 — checked
        with self._opened(request) as response:
            if response.headers.get_content_type() != _ANSWERED:
                raise ValueError("no time stamp")
            found: bytes = response.read(_MOST_ANSWER)
            return found

    def _opened(self, request: Request) -> HTTPResponse:
        try:
            opened: HTTPResponse = urlopen(request, timeout=self.seconds)  # noqa: S310
        except HTTPError as error:
            error.close()  # it is the answer, and keeps its connection
            raise
        return opened


def unavailable(url: str) -> StampUnavailable:
    """What to raise when the service at that address has failed."""
    host = urlsplit(url).hostname or ""
    return StampUnavailable(_("时间戳服务（{host}）没有回应，稍后自动重试。").format(host=host))
