"""What the tests run under: fast hashing, mail in memory, tasks in the database."""

import tempfile
from pathlib import Path

from config.env import env
from config.settings.base import *

SECRET_KEY = "tests-only"  # noqa: S105 - not a secret
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATA_DIR = Path(tempfile.gettempdir()) / "parknett-tests"
SEARCH_INDEX_DIR = DATA_DIR / "index"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when there is none
STORAGES["private"]["OPTIONS"]["location"] = DATA_DIR / "private"
MAP_TILE_URL = ""
# Tests write faster than people; those of the limits set their own.
FORUM_POSTS_A_MINUTE = FORUM_POSTS_AN_HOUR = FORUM_FIRST_POSTS_AN_HOUR = 100_000
WAGTAILADMIN_BASE_URL = "http://testserver"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as on a real site: a database in memory is locked by table, and refuses instead of
    # letting wait. One that is named is kept and taken again with pytest's --reuse-db.
    _database_file = env.str("PARKNETT_TEST_DATABASE", "") or str(
        Path(tempfile.mkdtemp()) / "test.sqlite3"
    )
    DATABASES["default"]["TEST"] = {"NAME": _database_file}
