"""A worker in a process of its own, which may be told where to die: ``python -m … DIE_AT``.

The environment names the database and the mail server. ``DIE_AT`` is a place in :data:`PLACES`, or
"nowhere".
"""

import os
import signal
import sys

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()

from django.utils import timezone  # noqa: E402 - Django must be set up first

from activity import composing, sending, telling  # noqa: E402
from activity.carrier import Carrier  # noqa: E402
from tests.activity import made_up  # noqa: E402

PLACES = {
    "before a batch of followers is committed": (telling, "tell", "after"),
    "after a batch of followers": (telling, "_tell_next_batch", "after"),
    "before letters are written": (composing, "message_id", "before"),
    "after letters are written": (composing, "compose_at_once", "after"),
    "before the claim": (sending, "claim", "before"),
    "after the claim": (sending, "claim", "after"),
    "after the mail server has taken it": (Carrier, "hand_over", "after"),
    "before the next letter": (sending, "finish", "after"),
}


def die_at(place):
    """Let the process be killed, as by the kernel, the first time it comes to a place."""
    where, name, when = PLACES[place]
    original = getattr(where, name)

    def deadly(*args, **kwargs):
        if when == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(where, name, deadly)


def main():
    """Do everything that the worker does about notifications and mail, until nothing is left."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = int(os.environ["MAIL_PORT"])
    telling.BATCH = 3
    made_up.register()
    if sys.argv[1] != "nowhere":
        die_at(sys.argv[1])
    sender = sending.Sender()
    while telling.tell_followers(1) + composing.compose(timezone.now()) + sender.run():
        pass


if __name__ == "__main__":
    main()
