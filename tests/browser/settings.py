"""Production as `bin/run --production-like` serves it, but for the compression of static files.

Compressing what Wagtail brings takes longer than all these tests, and no browser would notice.
"""

from config.settings.production import *  # noqa: F403 - what settings modules do
from config.settings.production import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.ManifestStaticFilesStorage"}
