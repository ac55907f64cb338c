"""Requests that are no HTTP: mostly an address with Chinese as it is, which RFC 3986 wants percent-encoded."""

from __future__ import annotations

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.problems import problem

DETAIL = (
    "请求不合 HTTP 的写法：地址中的中文须写成百分号编码，"
    "如 curl -G --data-urlencode 'unit=江北区' 地址（浏览器会自动编码）。"
)


class Protocol(H11Protocol):
    """uvicorn's protocol, whose answer to what it cannot read is a problem that says what to do."""

    def send_400_response(self, msg: str) -> None:
        """Answer, and close the connection: what follows on it cannot be told apart."""
        answer = problem(400, "bad_request", DETAIL, headers={"Connection": "close"})
        head = h11.Response(status_code=answer.status_code, headers=answer.raw_headers, reason=b"Bad Request")
        for event in (head, h11.Data(data=bytes(answer.body)), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
