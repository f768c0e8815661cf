"""Pages of lists: handing a file in, its lines and what is wrong with them, who came of it."""

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.tables import table_file
from core.typing import Context
from offices import lists
from offices.access import officer_who
from offices.fresh import with_fresh_factor
from offices.lever_views import begin_change
from offices.list_checks import Fault, faults_of
from offices.list_file import MOST_BYTES, TEMPLATE, BadList, lines_of, read_list
from offices.list_lever import LISTED
from offices.models import Invitation, Officer, PeopleList, Proposal
from offices.requests import OfficerRequest
from offices.scoping import within_reach

LISTS, LINES, FAULTS = 30, 50, 100


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File with the list"),
        help_text=gettext_lazy("CSV with the columns email, name and office (its code)."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large. Please split it by province."))
        return file


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("reads_changes")
def all_lists(request: OfficerRequest) -> HttpResponse:
    """Lists within reach; a file is read and looked at, and nobody is invited by it."""
    form, faults = ListForm(), list[Fault]()
    if request.method == "POST":
        if not (request.user.asks_for_changes and settings.STAFF_EMAIL_DOMAINS):
            raise PermissionDenied
        form = ListForm(request.POST, request.FILES)
        if form.is_valid():
            kept, faults = _look(form, by=request.user)
            if kept is not None:
                return redirect("people:listed", digest=kept.pk)
    context: Context = {"form": form, "lists": _seen_by(request.user)[:LISTS]}
    context |= {"faults": faults[:FAULTS], "more": max(0, len(faults) - FAULTS)}
    context |= {"found": len(faults), "domains": sorted(settings.STAFF_EMAIL_DOMAINS)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/lists.html", context, status=status)


def _look(form: ListForm, *, by: Officer) -> tuple[PeopleList | None, list[Fault]]:
    """The list kept, or what is wrong with it: told in the form, or line by line."""
    try:
        lines = read_list(form.cleaned_data["file"].read())
    except BadList as error:
        form.add_error("file", str(error))
        return None, []
    office = by.office_id if by.manages_office else None
    faults = faults_of(lines, office=office, asker=by)
    return (None, faults) if faults else (lists.keep_list(lines, by=by), [])


@require_GET
@never_cache
@officer_who("reads_changes")
def listed(request: OfficerRequest, digest: str) -> HttpResponse:
    """The lines while they wait; who has come since, once they are let in."""
    kept = get_object_or_404(_seen_by(request.user), pk=digest)
    came = _came(kept)
    rows: Sequence[object] = came if kept.invited_at else lines_of(kept.rows)
    asked = Proposal.objects.filter(lever="list", subject=kept.pk).order_by("-asked_at").first()
    mine = request.user.manages_people or kept.office_id == request.user.office_id
    context = {
        "list": kept,
        "page": Paginator(rows, LINES).get_page(request.GET.get("page")),
        "asked": asked,
        "waits": asked is not None and not asked.answer,
        "may_act": request.user.asks_for_changes and mine,
        "came": sum(one.officer.has_usable_password() for one in came),
    }
    return render(request, "people/listed.html", context)


def _came(kept: PeopleList) -> list[Invitation]:
    """The last link of each, in the order of their names."""
    newer = Invitation.objects.filter(
        listed=kept, officer=OuterRef("officer"), created_at__gt=OuterRef("created_at")
    )
    found = kept.invitations.filter(~Exists(newer))
    return list(found.select_related("officer__office").order_by("officer__name", "pk"))


@require_POST
@officer_who("asks_for_changes")
def ask_for_list(request: OfficerRequest, digest: str) -> HttpResponse:
    kept = get_object_or_404(_seen_by(request.user), pk=digest)
    return begin_change(request, "list", kept.pk, {LISTED: kept.people})


@require_POST
@officer_who("asks_for_changes")
@with_fresh_factor(back="people:listed")
def send_again(request: OfficerRequest, digest: str) -> HttpResponse:
    kept = get_object_or_404(_seen_by(request.user), pk=digest)
    sent = lists.send_again(kept, by=request.user)
    words = ngettext("%(count)s link goes out.", "%(count)s links go out.", sent)
    messages.success(request, words % {"count": f"{sent:,}"})
    return redirect("people:listed", digest=kept.pk)


@require_GET
@officer_who("asks_for_changes")
def template(request: OfficerRequest) -> HttpResponse:
    """A file to be filled in: the columns, and nobody."""
    return table_file("csv", name="people", head=TEMPLATE, rows=[])


def _seen_by(viewer: Officer) -> QuerySet[PeopleList]:
    return PeopleList.objects.select_related("made_by", "office").filter(within_reach(viewer))
