"""On a developer's machine, and what `bin/run` serves by default."""

from config.settings.base import *
from config.settings.base import MIDDLEWARE

DEBUG = True
SECRET_KEY = "development-only"  # noqa: S105 - production refuses to start without its own
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
# Passkeys on http://localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
MIDDLEWARE = [*MIDDLEWARE, "operations.middleware.OwnNotFoundMiddleware"]
