"""Reading one's letters."""

import re
import time

ARRIVES_WITHIN_SECONDS = 40


def letter_to(mailbox, address, about):
    """The text of the newest letter to ``address`` with ``about`` in its subject or text.

    The worker sends it after the page has answered, so this waits for it.
    """
    deadline = time.monotonic() + ARRIVES_WITHIN_SECONDS
    while time.monotonic() < deadline:
        for message in reversed(mailbox.messages):
            text = message.get_body(("plain",)).get_content()
            if address in message["To"] and about in f"{message['Subject']}\n{text}":
                return text
        time.sleep(0.1)
    subjects = [f"{message['To']}: {message['Subject']}" for message in mailbox.messages]
    raise AssertionError(f"no letter to {address} about {about!r}, but {subjects}")


def code_in(letter):
    """The code that is to be typed."""
    return re.search(r"\b\d{3}-?\d{3}\b", letter).group()


def link_in(letter, part):
    """The first address in it with ``part``."""
    return next(link for link in re.findall(r"https?://\S+", letter) if part in link)
