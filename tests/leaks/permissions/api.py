"""The public API: it reads what anybody may read, whoever asks."""

from tests.leaks.permission_table import MISSING, NO_CONTENT, OK, Rule


def read(*arguments):
    """An operation of the API."""
    return Rule(OK, options=NO_CONTENT, arguments=arguments)


ADDRESSES = {
    "api:openapi-json": read(),
    "api:openapi-view": read(),
    "api:search": read(),
    "api:suggestions": read(),
    "api:facilities": read(),
    "api:facility": read("facility"),
    "api:organisations": read(),
    "api:organisation": read("organisation"),
    "api:parks": read(),
    "api:park": read("park"),
    "api:api-root": Rule(MISSING, options=NO_CONTENT),
    "api/": Rule(MISSING, options=NO_CONTENT, path="/api/nothing"),
}
