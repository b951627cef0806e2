"""Tables of the register. Costs are of groups, never of a person (R1)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tillitsrom.core.models import Exemptible, exemption_has_basis


class RequirementClass(models.TextChoices):
    """The classes of the counting rules, with the words people see. The values are those of `reading`."""

    GOAL = "goal", _("Goal")
    STEERING_PARAMETER = "steering_parameter", _("Steering parameter")
    KEY_FIGURE = "key_figure", _("Key figure")
    REPORTING = "reporting", _("Reporting")
    ASSIGNMENT = "assignment", _("Assignment")
    GUIDELINE = "guideline", _("Guideline")
    ACTIVITY = "activity", _("Activity")
    DUTY = "duty", _("Duty")
    PROHIBITION = "prohibition", _("Prohibition")
    AUTHORITY = "authority", _("Authority")


COUNTED = tuple(c for c in RequirementClass.values if c != RequirementClass.AUTHORITY)


class Document(Exemptible):
    """A steering document (styringsdokument): the file, its text, and where its reading stands."""

    class Kind(models.TextChoices):
        ALLOCATION_LETTER = "allocation_letter", _("Allocation letter")
        SUPPLEMENTARY_LETTER = "supplementary_letter", _("Supplementary letter")
        MAIN_INSTRUCTION = "main_instruction", _("Main instruction")
        # The class of requirement has the same name in English, and another in Norwegian.
        GUIDELINES = "guidelines", pgettext_lazy("kind of document", "Guidelines")
        LAW = "law", _("Law or regulation")
        OTHER = "other", _("Other steering document")

    class Status(models.TextChoices):
        RECEIVED = "received", _("Received")
        READING = "reading", _("Being read")
        FAILED = "failed", _("Could not be read")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, default=Kind.ALLOCATION_LETTER)
    year = models.PositiveSmallIntegerField(_("year"), help_text=_("The year that the document is for."))
    imposing_body = models.ForeignKey(
        "people.Organisation",
        verbose_name=_("imposing body"),
        on_delete=models.PROTECT,
        related_name="documents_imposed",
        help_text=_("The body that makes the demands."),
    )
    addressee = models.ForeignKey(
        "people.Organisation",
        verbose_name=_("addressee"),
        on_delete=models.PROTECT,
        related_name="documents_received",
        help_text=_("The body that the document is sent to."),
    )
    follows = models.ForeignKey(
        "self",
        verbose_name=_("follows"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="followed_by",
        help_text=_("Last year's letter, which this one is compared with."),
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.RECEIVED)
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(
        max_length=64, help_text="SHA-256 of the file; its name in the document store."
    )
    file_size = models.PositiveBigIntegerField()
    source_kind = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    pages = models.JSONField(
        default=list, help_text="[number, start, end] for each page, in characters of text."
    )
    notices = models.JSONField(
        default=list, help_text="[code, [what it is about]] for each thing to know about the reading."
    )
    failure_code = models.CharField(max_length=40, blank=True)
    failure_message = models.TextField(blank=True)
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "title"]
        indexes = [
            models.Index(fields=["status", "openness", "year"], name="document_public"),
            models.Index(fields=["addressee", "year"], name="document_by_addressee"),
        ]
        constraints = [
            exemption_has_basis("document_exemption_has_basis"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["received", "reading", "failed", "in_review", "published", "withdrawn"]
                ),
                name="document_status_known",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1900, year__lte=2200), name="document_year_sensible"
            ),
            models.UniqueConstraint(
                fields=["file_digest", "addressee", "imposing_body", "year"],
                condition=~Q(status="withdrawn"),
                name="document_once_per_addressee",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def by_ocr(self, page: int | None) -> bool:
        """Whether the page was a picture, and its text is a machine's guess that must be checked."""
        return page is not None and any(
            code == "read_by_ocr" and str(page) in about for code, about in self.notices
        )

    @property
    def adds(self) -> bool:
        """A supplementary letter adds to the letter that it follows; it replaces nothing, so nothing is gone or fewer."""
        return self.kind == Document.Kind.SUPPLEMENTARY_LETTER


class Candidate(models.Model):
    """One thing the reader found in a document, before a person has said what it is."""

    class Status(models.TextChoices):
        PENDING = "pending", _("To be reviewed")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        REPLACED = "replaced", _("Split or merged")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="candidates")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    stem = models.CharField(
        max_length=300, blank=True, help_text="The opening of the list that the item stands in."
    )
    requirement_class = models.CharField(_("class"), max_length=30, choices=RequirementClass)
    deadline = models.CharField(_("deadline"), max_length=10, blank=True)
    date_corrected = models.BooleanField(
        default=False,
        help_text="The document names a day that the month does not have; the deadline is the month's last day.",
    )
    addressee = models.CharField(_("who must act"), max_length=200, blank=True)
    assignment = models.CharField(_("assignment"), max_length=60, blank=True)
    page = models.PositiveIntegerField(null=True)
    heading = models.CharField(max_length=300, blank=True)
    section = models.CharField(
        max_length=40, blank=True, help_text="The section of the law or regulation, such as § 5-3."
    )
    rule = models.CharField(max_length=60)
    confidence = models.FloatField()
    status = models.CharField(max_length=20, choices=Status, default=Status.PENDING)
    version = models.PositiveIntegerField(
        default=1, help_text="Grows at each change; guards against silent overwriting."
    )
    replaced_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="replaces")

    class Meta:
        ordering = ["start", "end", "pk"]
        indexes = [models.Index(fields=["document", "status", "start"], name="candidate_by_document")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="candidate_span_not_empty"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "accepted", "rejected", "replaced"]),
                name="candidate_status_known",
            ),
            models.CheckConstraint(
                condition=Q(requirement_class__in=RequirementClass.values), name="candidate_class_known"
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def read_by_ocr(self) -> bool:
        return self.document.by_ocr(self.page)


class Requirement(Exemptible):
    """One requirement (krav) that holds or has held, with the sentence it stands in and what it costs."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("In force")
        QUESTIONED = "questioned", _("Questioned")
        UNDER_REVIEW = "under_review", _("Under review")
        KEPT = "kept", _("Kept with a reason")
        SIMPLIFIED = "simplified", _("Simplified")
        MERGED = "merged", _("Merged")
        DELEGATED = "delegated", _("Delegated")
        ON_TRIAL = "on_trial", _("On trial")
        REMOVED = "removed", _("Removed")
        SUPERSEDED = "superseded", _("Superseded")
        LAPSED = "lapsed", _("Lapsed")

    class Detail(models.TextChoices):
        CORE = "core", _("Core")
        DETAIL = "detail", _("Detail")

    class MinutesSource(models.TextChoices):
        ESTIMATED = "estimated", _("Estimated")
        MEASURED = "measured", _("Measured")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="requirements")
    candidate = models.OneToOneField(
        Candidate, null=True, on_delete=models.SET_NULL, related_name="requirement"
    )
    # Copied from the document so that lists over a hundred thousand rows need no join to filter and sort.
    imposing_body = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="requirements_imposed"
    )
    addressee = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="requirements_received"
    )
    level = models.CharField(_("imposing level"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    unit = models.ForeignKey(
        "people.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="requirements",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField(null=True)
    heading = models.CharField(max_length=300, blank=True)
    assignment = models.CharField(_("assignment"), max_length=60, blank=True)
    quote = models.TextField(_("sentence in the document"))
    text = models.TextField(
        _("requirement"), help_text=_("What holds now. Differs from the sentence after a simplification.")
    )
    requirement_class = models.CharField(_("class"), max_length=30, choices=RequirementClass)
    who_acts = models.CharField(_("who must act"), max_length=200, blank=True)
    deadline = models.CharField(_("deadline"), max_length=10, blank=True)
    deadline_on = models.DateField(
        null=True, blank=True, help_text="The last day of the deadline, for sorting."
    )
    legal_basis = models.CharField(_("legal basis"), max_length=200, blank=True)
    statutory = models.BooleanField(_("required by law"), default=False)
    purpose = models.TextField(_("purpose"), blank=True)
    recipient = models.CharField(_("recipient"), max_length=200, blank=True)
    frequency = models.CharField(_("frequency"), max_length=100, blank=True)
    detail = models.CharField(_("core or detail"), max_length=10, choices=Detail, blank=True)
    minutes_low = models.PositiveIntegerField(_("minutes each time, at least"), null=True, blank=True)
    minutes_high = models.PositiveIntegerField(_("minutes each time, at most"), null=True, blank=True)
    minutes_source = models.CharField(_("how we know"), max_length=10, choices=MinutesSource, blank=True)
    occasions_per_year = models.DecimalField(
        _("times a year"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    affected_count = models.PositiveIntegerField(_("people affected"), null=True, blank=True)
    hours_low = models.GeneratedField(
        expression=F("minutes_low") * F("occasions_per_year") * F("affected_count") / 60.0,
        output_field=models.FloatField(),
        db_persist=True,
    )
    hours_high = models.GeneratedField(
        expression=F("minutes_high") * F("occasions_per_year") * F("affected_count") / 60.0,
        output_field=models.FloatField(),
        db_persist=True,
    )
    # For sorting: what has not been costed comes last on either database.
    hours_rank = models.GeneratedField(
        expression=Coalesce(
            F("minutes_high") * F("occasions_per_year") * F("affected_count") / 60.0, Value(-1.0)
        ),
        output_field=models.FloatField(),
        db_persist=True,
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.IN_FORCE)
    status_reason = models.TextField(_("reason"), blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    # True while the document is published and neither it nor the requirement is exempt: the public's gate, as a column.
    is_public = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["document_id", "start"]
        indexes = [
            # The cube of the insight pages: what they group by, in that order, and what they sum.
            models.Index(
                fields=[
                    "is_public",
                    "year",
                    "requirement_class",
                    "level",
                    "status",
                    "minutes_low",
                    "minutes_high",
                    "occasions_per_year",
                    "affected_count",
                ],
                name="requirement_cube",
            ),
            models.Index(fields=["addressee", "year", "requirement_class"], name="requirement_by_addressee"),
            models.Index(fields=["imposing_body", "year"], name="requirement_by_imposer"),
            models.Index(fields=["deadline_on"], name="requirement_by_deadline"),
            models.Index(fields=["-hours_rank", "id"], name="requirement_by_hours"),
            models.Index(fields=["document", "start"], name="requirement_in_document"),
            models.Index(fields=["status", "review_on"], name="requirement_by_status"),
            # Everything that the list filters, sorts and sums by: a list of a hundred thousand rows is answered from
            # the index alone, and its first columns are the public list in its usual order.
            models.Index(
                fields=[
                    "is_public",
                    "-year",
                    "document",
                    "start",
                    "requirement_class",
                    "status",
                    "imposing_body",
                    "addressee",
                    "level",
                    "unit",
                    "statutory",
                    "detail",
                    "deadline_on",
                    # Not the hours themselves: SQLite does not answer a generated column from an index.
                    "minutes_low",
                    "minutes_high",
                    "occasions_per_year",
                    "affected_count",
                    "id",
                ],
                name="requirement_facts",
            ),
        ]
        constraints = [
            exemption_has_basis("requirement_exemption_has_basis"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "in_force",
                        "questioned",
                        "under_review",
                        "kept",
                        "simplified",
                        "merged",
                        "delegated",
                        "on_trial",
                        "removed",
                        "superseded",
                        "lapsed",
                    ]
                ),
                name="requirement_status_known",
            ),
            models.CheckConstraint(
                condition=Q(requirement_class__in=RequirementClass.values), name="requirement_class_known"
            ),
            models.CheckConstraint(
                condition=Q(minutes_low__isnull=True, minutes_high__isnull=True)
                | Q(minutes_low__isnull=False, minutes_high__gte=F("minutes_low")) & ~Q(minutes_source=""),
                name="requirement_minutes_are_a_range_with_source",
                violation_error_message=_(
                    "Give both the lowest and the highest number of minutes, lowest first, and how you know them."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["kept", "removed"]) | ~Q(status_reason=""),
                name="requirement_outcome_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="kept") | Q(review_on__isnull=False),
                name="requirement_kept_has_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | Q(statutory=False),
                name="requirement_statutory_not_removed_here",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def read_by_ocr(self) -> bool:
        return self.document.by_ocr(self.page)


ALIVE = (
    Requirement.Status.IN_FORCE,
    Requirement.Status.QUESTIONED,
    Requirement.Status.UNDER_REVIEW,
    Requirement.Status.KEPT,
    Requirement.Status.SIMPLIFIED,
    Requirement.Status.DELEGATED,
    Requirement.Status.ON_TRIAL,
)
