"""What the register keeps of a person's own words, and what becomes of it when the person is erased."""

from django.utils import translation
from django.utils.translation import gettext as _

from tillitsrom.core import events
from tillitsrom.core.models import Event
from tillitsrom.people.models import User
from tillitsrom.register.models import Requirement


@events.when_erased
def forget_reasons(person: User) -> None:
    """The reason of a question stands on the requirement too: a neutral sentence takes its place.

    The one who questions speaks for themself, so the words are theirs. What the owner decided, and why, is the body's own
    and stays.
    """
    asked = Event.objects.filter(
        actor=person, kind="requirement.question", subject_type=Requirement._meta.label_lower
    )
    for requirement_id, data in asked.values_list("subject_id", "data"):
        rows = Requirement.objects.filter(pk=requirement_id, status_reason=data.get("reason", "")).exclude(
            status_reason=""
        )
        for requirement in rows.select_related("addressee"):
            with translation.override(requirement.addressee.language):
                requirement.status_reason = _(
                    "The reason was erased with the account of the one who gave it."
                )
            # Whoever has the page open must see that it changed, and may not put the words back by accident.
            requirement.version += 1
            requirement.save(update_fields=["status_reason", "version"])
