"""The only module that writes organisations, units, persons, roles and API keys."""

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import TypeVar

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from tillitsrom.core import events
from tillitsrom.core.decisions import Refused, deny, require
from tillitsrom.core.models import Event

from . import rules
from .models import ApiToken, Membership, Organisation, Party, Role, Unit, User

Row = TypeVar("Row", bound=models.Model)

TOKEN_DAYS = 365
# So long after its last day an API key still stands on its owner's page, as one that has expired.
TOKEN_KEPT = timedelta(days=30)
# The lock against guessing looks back a quarter of an hour; a day is enough to find out what happened.
ATTEMPTS_KEPT = timedelta(days=1)
TOKEN_PREFIX = "trom_"  # noqa: S105  # a public prefix that secret scanners can look for


def _save(actor: User, row: Row, kind: str, data: dict[str, str]) -> Row:
    require(rules.may_administer(actor, row))
    row.full_clean()
    row.save()
    events.record(kind, subject=row, actor=actor, data=data)
    return row


@transaction.atomic
def save_organisation(*, actor: User, organisation: Organisation) -> Organisation:
    return _save(actor, organisation, "people.organisation_saved", {"name": organisation.name})


@transaction.atomic
def save_unit(*, actor: User, unit: Unit) -> Unit:
    return _save(actor, unit, "people.unit_saved", {"name": unit.name})


@transaction.atomic
def save_party(*, actor: User, party: Party) -> Party:
    return _save(actor, party, "people.party_saved", {"name": party.name})


@transaction.atomic
def save_person(*, actor: User, person: User) -> User:
    """Make or change an account. A new account has no password: the person sets it by the link that is sent."""
    if person._state.adding and not person.password:
        person.set_unusable_password()
    person.email = person.email.lower()
    return _save(actor, person, "people.person_saved", {})


@transaction.atomic
def close_account(*, actor: User, person: User) -> User:
    """The person can no longer log in; keys for the API stop at once. Roles stand, and the account can be opened again."""
    require(rules.may_administer(actor, person))
    require(rules.may_close(actor, person))
    person.is_active = False
    person.save(update_fields=["is_active"])
    events.record("people.account_closed", subject=person, actor=actor)
    return person


@transaction.atomic
def open_account(*, actor: User, person: User) -> User:
    """Let a person in again whose account was closed."""
    require(rules.may_administer(actor, person))
    person.is_active = True
    person.save(update_fields=["is_active"])
    events.record("people.account_opened", subject=person, actor=actor)
    return person


@transaction.atomic
def note_password_link(*, actor: User, person: User) -> None:
    """Say in the log that an administrator had a link for choosing a password sent. The caller sends it."""
    require(rules.may_administer(actor, person))
    events.record("people.password_link_sent", subject=person, actor=actor)


@transaction.atomic
def save_membership(*, actor: User, membership: Membership) -> Membership:
    """Give a role, or change one. The last system administrator's own role cannot be changed away."""
    _save(actor, membership, "people.membership_saved", {"role": membership.role})
    _require_an_administrator()
    return membership


@transaction.atomic
def end_membership(*, actor: User, membership: Membership) -> None:
    """The role ends: yesterday was its last day. One that had not begun by then goes away altogether."""
    require(rules.may_administer(actor, membership))
    yesterday = timezone.localdate() - timedelta(days=1)
    events.record("people.membership_ended", subject=membership, actor=actor, data={"role": membership.role})
    if membership.valid_from > yesterday:
        membership.delete()
    else:
        membership.valid_to = yesterday
        membership.save(update_fields=["valid_to"])
    _require_an_administrator()


def _require_an_administrator() -> None:
    """Stops, and with it undoes, a change after which nobody could let people in."""
    if not rules.administrators().exists():
        raise Refused(deny(rules.LAST_ADMINISTRATOR))


@transaction.atomic
def make_administrator(
    *, actor: None, email: str, name: str, password: str, organisation: str, level: str
) -> User:
    """The first system administrator of an installation, made by the one who runs it; no person is the actor.

    An organisation or a person that is there already is used as it is; the password is then the new one.
    """
    body = Organisation.objects.filter(name=organisation).first() or Organisation(
        name=organisation, level=level
    )
    body.full_clean()
    body.save()
    person = User.objects.filter(email__iexact=email).first() or User(email=email.lower(), name=name)
    person.is_active = True
    person.set_password(password)
    person.full_clean()
    person.save()
    if not rules.administrators().filter(pk=person.pk).exists():
        membership = Membership(user=person, organisation=body, role=Role.SYSTEM_ADMINISTRATOR)
        membership.full_clean()
        membership.save()
    events.record("people.administrator_made", subject=person, actor=actor)
    return person


@transaction.atomic
def save_own_profile(*, actor: User, name: str, language: str) -> User:
    """A person changes their own name and language."""
    person = User.objects.select_for_update().get(pk=actor.pk)
    person.name, person.language = name, language
    person.full_clean()
    person.save(update_fields=["name", "language"])
    events.record("people.person_saved", subject=person, actor=actor)
    return person


@transaction.atomic
def erase_person(*, actor: User, person: User) -> None:
    """Remove the person: account, roles and keys go; what they did stays in the log without their name."""
    require(rules.may_close(actor, person))
    # The lock against guessing keeps the address that was written at log-in.
    AccessAttempt.objects.filter(username__iexact=person.email).delete()
    events.record("people.person_erased", subject=person, actor=None if actor == person else actor)
    for erase in events.ERASERS:
        erase(person)
    remover = Event._meta.base_manager
    for kind in (k for k in events.KINDS.values() if k.personal):
        for event in remover.filter(actor=person, kind=kind.code):
            kept = {key: value for key, value in event.data.items() if key not in kind.personal}
            remover.filter(pk=event.pk).update(data=kept)
    remover.filter(actor=person).update(actor=None)
    person.delete()


@transaction.atomic
def make_token(*, actor: User, name: str, scope: str, expires_on: date | None = None) -> tuple[ApiToken, str]:
    """Make a key for the API. The second value is the key itself, to be shown once and never kept."""
    key = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=actor,
        name=name,
        scope=scope,
        digest=digest(key),
        expires_on=expires_on or timezone.localdate() + timedelta(days=TOKEN_DAYS),
    )
    token.full_clean()
    token.save()
    events.record("people.token_made", subject=token, actor=actor)
    return token, key


@transaction.atomic
def remove_token(*, actor: User, token: ApiToken) -> None:
    """Only the owner's own keys are ever looked up, so the owner is the actor."""
    events.record("people.token_removed", subject=token, actor=actor)
    token.delete()


@transaction.atomic
def tidy(*, actor: None, now: datetime) -> dict[str, int]:
    """Remove what has served its purpose: expired sessions, old log-in attempts and keys. Returns how many of each."""
    sessions, _each = Session.objects.filter(expire_date__lt=now).delete()
    attempts, _each = AccessAttempt.objects.filter(attempt_time__lt=now - ATTEMPTS_KEPT).delete()
    keys = list(ApiToken.objects.filter(expires_on__lt=timezone.localdate(now) - TOKEN_KEPT))
    events.record_many("people.token_removed", subjects=keys, actor=actor, data=[{}] * len(keys))
    ApiToken.objects.filter(pk__in=[key.pk for key in keys]).delete()
    return {"sessions": sessions, "attempts": attempts, "keys": len(keys)}


def digest(key: str) -> str:
    """The key has 256 random bits, so a plain hash is enough to make the stored value useless to a thief."""
    return hashlib.sha256(key.encode()).hexdigest()


def user_of_token(key: str) -> tuple[User, str] | None:
    """The person and scope behind a key, or None where the key is unknown, expired or the account closed."""
    token = ApiToken.objects.select_related("user").filter(digest=digest(key)).first()
    if token is None or token.expires_on < timezone.localdate() or not token.user.is_active:
        return None
    return token.user, token.scope
