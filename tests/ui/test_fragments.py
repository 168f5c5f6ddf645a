import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from ui.fragments import Fragments, kept


def html(text: str) -> SafeString:
    return mark_safe(text)


def shown(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_part_is_rendered_once_for_a_state():
    source = "{% kept once state %}{{ text }}{% endkept %}"
    assert shown(source, state=1, text="first") == "first"
    assert shown(source, state=1, text="second") == "first"
    assert shown(source, state=2, text="second") == "second"


def test_a_part_without_a_state_never_changes():
    source = "{% kept for_ever %}{{ text }}{% endkept %}"
    assert shown(source, text="first") == shown(source, text="second") == "first"


def test_a_state_that_is_none_keeps_nothing():
    source = "{% kept never state %}{{ text }}{% endkept %}"
    assert shown(source, state=None, text="first") == "first"
    assert shown(source, state=None, text="second") == "second"


def test_each_language_has_its_own():
    with override("nb"):
        assert kept("word", 1, lambda: html("prøve")) == "prøve"
    with override("en"):
        assert kept("word", 1, lambda: html("test")) == "test"
    with override("nb"):
        assert kept("word", 1, lambda: html("?")) == "prøve"


def test_what_is_put_in_is_escaped_as_anywhere_else():
    source = "{% kept escaped state %}{{ text }}{% endkept %}"
    assert shown(source, state=1, text="<b>") == "&lt;b&gt;"


def test_two_states_are_a_mistake():
    with pytest.raises(TemplateSyntaxError):
        shown("{% kept name one two %}{% endkept %}")


def test_those_used_longest_ago_go_first_when_there_is_no_room():
    fragments = Fragments(most_characters=40)
    for name in "abcd":
        fragments.keep(name, "x" * 10, 10)
    fragments.get("a")
    fragments.keep("e", "x" * 10, 10)
    assert fragments.get("b") is None
    assert [name for name in "acde" if fragments.get(name) is not None] == list("acde")


def test_one_that_is_too_large_for_the_room_is_not_kept():
    fragments = Fragments(most_characters=40)
    fragments.keep("small", "x", 1)
    fragments.keep("large", "x" * 11, 11)
    assert fragments.get("large") is None
    assert fragments.get("small") == "x"


def test_the_room_that_a_replaced_one_took_is_free_again():
    fragments = Fragments(most_characters=40)
    for _ in range(20):
        fragments.keep("same", "x" * 10, 10)
    fragments.keep("other", "x" * 10, 10)
    assert len(fragments) == 2
