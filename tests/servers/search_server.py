"""What the search engines' servers have in common."""

import json

from tests.servers.process import send_json


def allow_full_disk(url: str) -> None:
    """Let the server write although the disk is nearly full, as a developer's may well be."""
    setting = {"persistent": {"cluster.routing.allocation.disk.threshold_enabled": False}}
    send_json(f"{url}/_cluster/settings", "PUT", json.dumps(setting).encode())
