"""Every Django form comes out in the design system's markup, with errors told twice: on top and beside the field."""

import re
from datetime import date

import pytest
from django.test import Client

from tillitsrom.web.forms import DateInput

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shell")]


def test_a_fresh_form_has_labels_help_and_no_errors(client: Client) -> None:
    page = client.get("/form/").content.decode()
    assert (
        '<label class="ds-label" for="id_name">Name <span class="tr-required">(må fylles ut)</span></label>'
        in page
    )
    assert 'id="id_name_helptext">As on the front page.</div>' in page
    assert re.search(r'<input type="text" name="name"[^>]*class="ds-input"', page)
    assert re.search(r'<select name="kind"[^>]*class="ds-input"', page)
    assert '<legend class="ds-label">How often' in page
    assert page.count('type="radio"') == 2
    assert "ds-error-summary" not in page
    assert "aria-invalid" not in page


def test_a_refused_form_tells_what_to_mend_and_keeps_what_was_typed(client: Client) -> None:
    page = client.post(
        "/form/", {"name": "", "kind": "goal", "deadline": "32. mai", "often": "y"}
    ).content.decode()
    assert '<a href="#id_name">Name: Dette må fylles ut.</a>' in page
    assert re.search(r'<input type="text" name="name"[^>]*aria-invalid="true"', page)
    assert re.search(r'name="name"[^>]*aria-describedby="id_name_helptext id_name_error"', page)
    assert 'id="id_name_error"' in page
    assert 'value="32. mai"' in page
    assert '<option value="goal" selected>' in page
    assert "checked" in page
    errors = re.findall(r'href="#(id_\w+)"', page)
    assert set(errors) == {"id_name", "id_deadline", "id_sure"}
    for target in errors:
        assert f'id="{target}"' in page


def test_the_summary_leads_to_the_first_choice_of_a_group(client: Client) -> None:
    page = client.post("/form/", {"name": "x", "kind": "goal", "sure": "on"}).content.decode()
    assert 'href="#id_often_0"' in page
    assert 'id="id_often_0"' in page


def test_text_from_the_reader_is_escaped(client: Client) -> None:
    page = client.post("/form/", {"name": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in page


def test_a_date_field_speaks_iso_in_every_language() -> None:
    assert DateInput().format_value(date(2027, 3, 14)) == "2027-03-14"
    assert DateInput().format_value("32. mai") == "32. mai"
