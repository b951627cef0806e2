"""What system administrators keep about persons: accounts and roles, and never what anybody has done (R1)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tillitsrom.core.http import actor_of, person_of
from tillitsrom.people import actions, mail, queries, rules
from tillitsrom.people.forms import EraseForm, MembershipForm, PersonForm
from tillitsrom.people.models import Membership, Organisation, User

from .administration import administrators_only, form_page

PER_PAGE = 50


def _site(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(rules.people_visible_to(actor_of(request)), pk=pk)


@require_GET
@administrators_only
def persons(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by name."""
    words = request.GET.get("q", "").strip()
    rows = queries.people_matching(rules.people_visible_to(actor_of(request)), words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "people/admin/persons.html", {"page": page, "q": words, "today": timezone.localdate()}
    )


@require_http_methods(["GET", "POST"])
@administrators_only
def person_add(request: HttpRequest) -> HttpResponse:
    """Make an account; the person gets an e-mail with a link for choosing a password."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = actions.save_person(actor=person_of(request), person=form.save(commit=False))
        _send_link(request, person)
        return redirect("people_person", pk=person.pk)
    return form_page(
        request,
        form,
        heading=_("Add a person"),
        lead=_("The person gets an e-mail with a link for choosing a password."),
        back=reverse("people_persons"),
        parent=None,
    )


@require_GET
@administrators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: how to reach the person and which roles they hold. What they do is not shown to anybody."""
    found = _person(request, pk)
    context = {
        "person": found,
        "memberships": queries.memberships_of(found),
        "today": timezone.localdate(),
        "may_close": rules.may_close(actor_of(request), found),
    }
    return render(request, "people/admin/person.html", context)


@require_http_methods(["GET", "POST"])
@administrators_only
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _person(request, pk)
    form = PersonForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.save_person(actor=person_of(request), person=form.save(commit=False))
        messages.success(request, _("%(name)s is saved.") % {"name": found.name})
        return redirect("people_person", pk=pk)
    return _person_form(request, form, pk, _("Change the account"))


@require_POST
@administrators_only
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the link for choosing a password again."""
    _send_link(request, _person(request, pk))
    return redirect("people_person", pk=pk)


@require_POST
@administrators_only
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.close_account(actor=person_of(request), person=_person(request, pk))
    messages.success(request, _("%(name)s can no longer log in.") % {"name": found.name})
    return redirect("people_person", pk=pk)


@require_POST
@administrators_only
def person_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = actions.open_account(actor=person_of(request), person=_person(request, pk))
    messages.success(request, _("%(name)s can log in again.") % {"name": found.name})
    return redirect("people_person", pk=pk)


@require_http_methods(["GET", "POST"])
@administrators_only
def person_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase a person who has asked for it, after a deliberate yes."""
    found = _person(request, pk)
    if found == person_of(request):
        return redirect("people_erase_me")
    decision = rules.may_close(actor_of(request), found)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.erase_person(actor=person_of(request), person=found)
        messages.success(request, _("The account and everything about the person is erased."))
        return redirect("people_persons")
    context = {"form": form, "person": found, "decision": decision, "own": False}
    return render(request, "people/erase.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@administrators_only
def membership_add(request: HttpRequest, pk: int) -> HttpResponse:
    """First where, then what: the units and parties to choose from are those of the organisation."""
    found = _person(request, pk)
    rows = Organisation.objects.all()
    chosen = request.GET.get("organisation", "")
    organisation = rows.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    if organisation is None:
        context = {"person": found, "organisations": [("", ""), *((o.pk, o.name) for o in rows)]}
        return render(request, "people/admin/membership_where.html", context)
    form = MembershipForm(
        request.POST if request.method == "POST" else None,
        instance=Membership(user=found, organisation=organisation),
    )
    if request.method == "POST" and form.is_valid():
        actions.save_membership(actor=person_of(request), membership=form.save(commit=False))
        messages.success(request, _("The role is saved."))
        return redirect("people_person", pk=pk)
    heading = _("Give a role in %(organisation)s") % {"organisation": organisation.name}
    return _person_form(request, form, pk, heading)


@require_http_methods(["GET", "POST"])
@administrators_only
def membership_edit(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership.objects.select_related("organisation", "user"), pk=pk)
    form = MembershipForm(request.POST if request.method == "POST" else None, instance=membership)
    if request.method == "POST" and form.is_valid():
        actions.save_membership(actor=person_of(request), membership=form.save(commit=False))
        messages.success(request, _("The role is saved."))
        return redirect("people_person", pk=membership.user_id)
    heading = _("Change the role in %(organisation)s") % {"organisation": membership.organisation.name}
    return _person_form(request, form, membership.user_id, heading)


@require_POST
@administrators_only
def membership_end(request: HttpRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(Membership, pk=pk)
    actions.end_membership(actor=person_of(request), membership=membership)
    messages.success(request, _("The role is ended."))
    return redirect("people_person", pk=membership.user_id)


def _send_link(request: HttpRequest, found: User) -> None:
    actions.note_password_link(actor=person_of(request), person=found)
    if mail.send_welcome(person=found, site=_site(request)):
        messages.success(
            request,
            _("An e-mail with a link for choosing a password is sent to %(name)s.") % {"name": found.name},
        )
    else:
        messages.warning(
            request,
            _(
                "The account is there, but the e-mail could not be sent. Check the address, and send the link again."
            ),
        )


def _person_form(
    request: HttpRequest, form: PersonForm | MembershipForm, pk: int, heading: str
) -> HttpResponse:
    found = User.objects.get(pk=pk)
    back = reverse("people_person", args=[pk])
    return form_page(request, form, heading=heading, back=back, person=found, parent=None)
