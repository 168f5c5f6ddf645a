"""For real people. Refuses to start without the secrets and addresses it needs."""

from config.env import env
from config.settings.base import *
from config.settings.base import BASE_URL, STORAGES

SECRET_KEY = env.str("PARKNETT_SECRET_KEY")
ALLOWED_HOSTS = env.list("PARKNETT_ALLOWED_HOSTS")

STORAGES["staticfiles"] = {
    "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
}

# `bin/run --production-like` serves plain http on this machine; everything else is behind https.
_https = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_SSL_REDIRECT: bool = env.bool("PARKNETT_SSL_REDIRECT", _https)
if env.int("PARKNETT_TRUSTED_PROXIES", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
