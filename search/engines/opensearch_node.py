"""Lets the Elasticsearch client speak to OpenSearch.

The client announces and expects Elasticsearch's own media type, and refuses servers that do not
name themselves; OpenSearch knows neither. Both are put right here, for each request.
"""

from __future__ import annotations

from typing import Any, Final

from elastic_transport import HttpHeaders, Urllib3HttpNode
from elastic_transport._node import NodeApiResponse  # the public module has no name for it

VENDOR: Final = "application/vnd.elasticsearch+"
PLAIN: Final = {
    "application/vnd.elasticsearch+json; compatible-with=8": "application/json",
    "application/vnd.elasticsearch+x-ndjson; compatible-with=8": "application/x-ndjson",
}


class OpenSearchNode(Urllib3HttpNode):
    """A node whose requests carry plain media types and whose answers carry the product's name."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: Any = None,
    ) -> NodeApiResponse:
        """Send one request."""
        plain = HttpHeaders(
            {name: PLAIN.get(value, value) for name, value in (headers or {}).items()}
        )
        timeout = {} if request_timeout is None else {"request_timeout": request_timeout}
        answer = super().perform_request(method, target, body, plain, **timeout)
        answer.meta.headers["x-elastic-product"] = "Elasticsearch"
        return answer
