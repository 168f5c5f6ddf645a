"""Canary tokens: a word of its own in every text of an object, so that any leak tells its source."""

import io
import itertools
import re
import zipfile

from django.db import models

PREFIX = "zqkanari"
TOKEN = re.compile(rf"{PREFIX}[a-z]{{3}}")
SHORTEST = len(PREFIX) + 3


class Canaries:
    """Hands out tokens and remembers what each of them was put into."""

    def __init__(self):
        self._numbers = itertools.count()
        self.sources = {}

    def token(self, source):
        """A new token; ``source`` says where it is put."""
        number = next(self._numbers)
        letters = "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))
        token = f"{PREFIX}{letters}"
        self.sources[token] = source
        return token

    def fill(self, instance):
        """Put a token into every text field of ``instance`` that is empty or was made up."""
        for field in instance._meta.concrete_fields:
            if self.can_hold(field):
                token = self.token(f"{instance._meta.label}.{field.name}")
                setattr(instance, field.name, _in_form(field, token))
        return instance

    def can_hold(self, field):
        """Whether there is room for a token in the field, and it is a text that somebody writes."""
        is_text = isinstance(field, models.CharField | models.TextField)
        is_roomy = field.max_length is None or field.max_length >= SHORTEST
        return is_text and is_roomy and not field.choices

    def found_in(self, text):
        """The tokens in a text."""
        return set(TOKEN.findall(text.lower()))

    def explain(self, tokens):
        """Where each of the tokens comes from."""
        return {token: self.sources.get(token, "?") for token in sorted(tokens)}


def _in_form(field, token):
    if isinstance(field, models.EmailField):
        return f"{token}@example.org"
    if isinstance(field, models.URLField):
        return f"https://{token}.example.org/"
    if field.name.endswith("_html"):
        return f"<p>{token}</p>"
    return token


def everything_in(response):
    """All that an answer tells: status, headers and body, that of a packed file unpacked."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in sorted(packed.namelist()))
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(response.items()))
    cookies = response.cookies.output()
    return f"{response.status_code}\n{headers}\n{cookies}\n{body.decode(errors='replace')}"
