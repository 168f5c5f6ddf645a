import re

from django.utils.translation import override

from ui.gallery import SpecimenForm


def test_inputs_have_the_class_of_the_theme():
    html = str(SpecimenForm())
    inputs = re.findall(r"<(?:input|select|textarea)[^>]*>", html)
    assert inputs
    assert all('class="ds-input"' in tag for tag in inputs)


def test_help_and_error_are_tied_to_their_field():
    html = str(SpecimenForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_options_stand_in_a_fieldset_with_a_label_each():
    html = str(SpecimenForm()["access"].as_field_group())
    assert html.count("<fieldset") == 1
    assert html.count("<legend") == 1
    assert 'for="id_access_0"' in html
    assert 'for="id_access_1"' in html


def test_what_may_be_left_out_says_so():
    with override("nb"):
        assert "(valgfritt)" in SpecimenForm()["email"].as_field_group()
        assert "(valgfritt)" not in SpecimenForm()["name"].as_field_group()


def test_errors_of_the_whole_form_come_first_and_hidden_fields_are_kept():
    class Hidden(SpecimenForm):
        use_required_attribute = False

        def clean(self):
            self.add_error(None, "Noe <b>stemmer</b> ikke")

    html = str(Hidden({}))
    assert html.index("Noe &lt;b&gt;stemmer") < html.index("<label")


def test_older_ways_to_render_a_form_look_the_same():
    form = SpecimenForm()
    assert form.as_p() == form.as_div() == str(form)
