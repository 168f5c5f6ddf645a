"""What a browser complains of, and what it asks for that it should not."""

from urllib.parse import urlsplit

FAILED = 400
# What htmx says of a request that gave way to a newer one; of a failed one it says other things.
OVERTAKEN = ("htmx:afterRequest", "htmx:sendAbort")


class Watch:
    """Everything wrong that the pages of one browser context have met.

    Errors on the console (a violation of the content security policy is one), exceptions, requests
    to other hosts, and parts of a page that could not be fetched.
    """

    def __init__(self, context, home):
        self.troubles = []
        self._host = urlsplit(home).netloc
        context.on("page", self._follow)
        context.on("request", self._requested)
        context.on("response", self._answered)

    def _follow(self, page):
        page.on("pageerror", lambda error: self.troubles.append(f"{page.url}: {error}"))
        page.on("console", self._said)

    def _said(self, message):
        # That the page itself is a 404 is no trouble; parts that fail are told by _answered.
        known = "the server responded with a status of" in message.text
        if message.type == "error" and not known and not message.text.startswith(OVERTAKEN):
            self.troubles.append(f"{message.location.get('url')}: {message.text}")

    def _requested(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._host:
            self.troubles.append(f"a request to another host: {request.url}")

    def _answered(self, response):
        if response.status >= FAILED and not response.request.is_navigation_request():
            self.troubles.append(f"{response.status} for {response.url}")
