"""Every text that somebody can store has a limit, wherever it comes from."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField

from network.parks.models import Park

OURS = ("accounts", "activity", "courses", "network", "operations", "pages", "search")
# What is written here is cut from texts that have limits of their own.
DERIVED = {
    "search.SearchEntry": {"summary_nb", "summary_en", "text_nb", "text_en", "keywords"},
}


# A block of Wagtail's own.
WAGTAILS = {".picture.image.alt_text"}
# Files and nothing else.
WITHOUT_TEXT = {"pages.PracticePage.attachments"}


def our_models():
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]


def texts_of(model):
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and field.editable
        if field.name not in DERIVED.get(model._meta.label, ())
    ]


def limit_of(field):
    return min(
        (check.limit_value for check in field.validators if isinstance(check, MaxLengthValidator)),
        default=None,
    )


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_text_of_a_model_has_a_limit_that_the_model_checks_itself(model):
    unlimited = [field.name for field in texts_of(model) if limit_of(field) is None]
    assert unlimited == [], "use ui.model_fields.LimitedTextField"


def test_this_looks_at_models_of_every_room():
    looked_at = {model._meta.app_label for model in our_models() if texts_of(model)}
    assert {"parks", "organisations", "facilities", "pages", "search", "accounts"} <= looked_at


@pytest.mark.parametrize("name", ["summary_nb", "description_en", "other_names", "name_nb"])
def test_a_text_past_its_limit_is_refused_without_any_form(name):
    limit = limit_of(Park._meta.get_field(name))
    Park._meta.get_field(name).clean("x" * limit, None)
    with pytest.raises(ValidationError, match=str(limit).replace("000", ".000")[:2]):
        Park._meta.get_field(name).clean("x" * (limit + 1), None)


def text_blocks(block, path=""):
    """Every block below ``block`` that takes text, by the names that lead to it."""
    if isinstance(block, (blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock)):
        yield path, block
    children = getattr(block, "child_blocks", {})
    if isinstance(block, blocks.ListBlock):
        children = {"item": block.child_block}
    for name, child in children.items():
        yield from text_blocks(child, f"{path}.{name}")


def streams():
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in our_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, StreamField)
    ]


@pytest.mark.parametrize(("name", "field"), streams(), ids=str)
def test_every_text_block_of_a_page_has_a_limit(name, field):
    found = dict(text_blocks(field.stream_block))
    assert found or name in WITHOUT_TEXT
    unlimited = [
        path
        for path, block in found.items()
        if path not in WAGTAILS
        and not block.field.max_length
        and not any(hasattr(check, "limit_value") for check in block.field.validators)
    ]
    assert unlimited == []
