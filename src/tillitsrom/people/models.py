"""Tables of the people slice. No table here joins a person to an output, a speed or a count (R1)."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.no import orgnr


def validate_organisation_number(value: str) -> None:
    """Nine digits with a mod-11 check digit, as Enhetsregisteret issues them."""
    if not orgnr.is_valid(value):
        raise ValidationError(
            _(
                "%(value)s is not a valid organisation number. It has nine digits; check for a typing mistake."
            ),
            params={"value": value},
        )


class Level(models.TextChoices):
    """The administrative level (forvaltningsnivå) that an organisation belongs to."""

    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Directorate or agency")
    STATE_UNIT = "state_unit", _("State unit")
    STATE_GOVERNOR = "state_governor", _("County governor")
    COUNTY = "county", _("County authority")
    MUNICIPALITY = "municipality", _("Municipality")
    HEALTH_TRUST = "health_trust", _("Health trust")
    OTHER = "other", _("Other public body")


class Language(models.TextChoices):
    """The written forms the pages come in. The names are in their own language."""

    BOKMAL = "nb", "Bokmål"
    NYNORSK = "nn", "Nynorsk"
    ENGLISH = "en", "English"


class Organisation(models.Model):
    """A public body that imposes requirements, is subject to them, or both."""

    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    number = models.CharField(
        _("organisation number"),
        max_length=9,
        blank=True,
        validators=[validate_organisation_number],
        help_text=_("Nine digits, from the Central Coordinating Register for Legal Entities."),
    )
    level = models.CharField(_("level"), max_length=20, choices=Level)
    superior = models.ForeignKey(
        "self",
        verbose_name=_("superior body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subordinates",
        help_text=_("The body that steers this one, for example its ministry."),
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.BOKMAL)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="organisation_number_unique"
            ),
            models.UniqueConstraint(fields=["name"], name="organisation_name_unique"),
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values), name="organisation_level_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        """No body steers itself, not even through others."""
        above, seen = self.superior, {self.pk}
        while above is not None and self.pk is not None:
            if above.pk in seen:
                raise ValidationError(
                    {"superior": _("A body cannot be its own superior, not even through others.")}
                )
            seen.add(above.pk)
            above = above.superior


class Unit(models.Model):
    """A workplace inside an organisation; units form a tree."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="units"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="unit_name_unique_in_organisation",
                violation_error_message=_("The organisation already has a unit with this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A unit lies under units of its own organisation, and never under itself."""
        if self.parent is not None and self.parent.organisation_id != self.organisation_id:
            raise ValidationError({"parent": _("The unit belongs to another organisation.")})
        above = self.parent
        while above is not None and self.pk is not None:
            if above.pk == self.pk:
                raise ValidationError({"parent": _("A unit cannot lie under itself.")})
            above = above.parent


class Party(models.Model):
    """One side's body in the cooperation between the parties: the employer, or a union's local branch."""

    class Side(models.TextChoices):
        EMPLOYER = "employer", _("Employer")
        EMPLOYEES = "employees", _("Employees")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="parties"
    )
    side = models.CharField(_("side"), max_length=10, choices=Side)
    name = models.CharField(_("name"), max_length=100, help_text=_("For example the name of the union."))

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="party_name_unique_in_organisation",
                violation_error_message=_("The organisation already has a party with this name."),
            ),
            models.CheckConstraint(
                condition=models.Q(side__in=["employer", "employees"]), name="party_side_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, name: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email), name=name, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do follows from their memberships, never from a flag on the person."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.BOKMAL)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_in_any_case",
                violation_error_message=_("Somebody already has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name


# Whoever asks: a person who is signed in, or the public.
Actor = User | AnonymousUser


class Role(models.TextChoices):
    """What a person is in an organisation or a unit of it."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")
    UNION_REPRESENTATIVE = "union_representative", _("Union representative")
    SAFETY_DELEGATE = "safety_delegate", _("Safety delegate")
    ELECTED = "elected", _("Elected representative")
    REQUIREMENT_OWNER = "requirement_owner", _("Owner of requirements")
    COORDINATOR = "coordinator", _("Coordinator")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: date) -> "MembershipQuerySet":
        """Memberships that hold on the day; the last day is included."""
        return self.filter(valid_from__lte=day).filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)
        )


class Membership(models.Model):
    """A person holds a role in an organisation, or in one unit of it, from a day to a day."""

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    party = models.ForeignKey(
        Party,
        verbose_name=_("party"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
        help_text=_("The union for a union representative; the side that the person speaks for."),
    )
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    valid_to = models.DateField(_("to and including"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="membership_ends_after_it_begins",
                violation_error_message=_("The last day cannot be before the first day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(role="union_representative") | models.Q(party__isnull=False),
                name="membership_representative_has_union",
                violation_error_message=_("Choose which union the representative speaks for."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.unit or self.organisation}"

    def clean(self) -> None:
        """A unit and a party belong to the organisation of the membership."""
        if self.unit and self.unit.organisation_id != self.organisation_id:
            raise ValidationError({"unit": _("The unit belongs to another organisation.")})
        if self.party and self.party.organisation_id != self.organisation_id:
            raise ValidationError({"party": _("The party belongs to another organisation.")})


class ApiToken(models.Model):
    """A key for the API that its owner made. Only a hash is kept; the key is shown once."""

    class Scope(models.TextChoices):
        READ = "read", _("Read what I may read")
        WRITE = "write", _("Change what I may change")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What the key is for, so that you know it again.")
    )
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.READ)
    created_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField(_("expires on"))

    class Meta:
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope__in=["read", "write"]), name="api_token_scope_known"
            )
        ]

    def __str__(self) -> str:
        return self.name
