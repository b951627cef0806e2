"""The story's wish to meet, a call for input that waits with a draft, and one that was answered and is being gone through."""

from datetime import timedelta

from django.utils import timezone

from tillitsrom.people.models import Organisation, Party, User
from tillitsrom.signals.actions import calls, dialogue, statements
from tillitsrom.signals.actions.statements import Words
from tillitsrom.signals.models import DialogueRequest
from tillitsrom.signals.rules_calls import Voice


def build(manager: User, representative: User, organisation: Organisation) -> None:
    union = Party.objects.get(organisation=organisation, side=Party.Side.EMPLOYEES)
    leaders, members = Voice(organisation.pk), Voice(organisation.pk, None, union.pk)
    due = timezone.localdate() + timedelta(days=14)
    asking = dialogue.Asking(
        organisation, None, DialogueRequest.Direction.FROM_MANAGEMENT, "Hvordan går det med listene?", "Mandag",
        representative,
    )  # fmt: skip
    dialogue.ask(actor=manager, asking=asking)
    waiting = calls.Asking(
        leaders, members, "Hva tar tid i klasserommet?", "Vi begynner med det som monner.", due
    )
    call = calls.ask(actor=manager, asking=waiting)
    statements.write(
        actor=representative, call=call, words=Words("Fraværet føres to ganger.", "Kontaktlærere")
    )
    back = calls.Asking(
        members, leaders, "Hvilke lister trenger dere?", "Vi fører dem.", due, fewest=2, most=3
    )
    call = calls.ask(actor=representative, asking=back)
    for problem in ("Listen til rådhuset kommer for sent.", "Ingen vet hvem som leser regnearket."):
        statements.write(actor=manager, call=call, words=Words(problem, "De som leder", "Én liste"))
    call.refresh_from_db()
    call = calls.advance(actor=manager, call=call, version=call.version, action="answer")
    first = call.statements.earliest("pk")
    statements.answer(
        actor=representative, statement=first, version=first.version, text="Den slutter vi med."
    )
