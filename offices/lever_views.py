"""Pages of the levers: what waits for a second administrator, asking, answering, the way back."""

import hashlib
import json
import uuid

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.value_words import word_of_value
from core.day_field import ISO
from core.sentences import yes_or_no
from core.templatetags.thai import people_date
from core.typing import Context, Json
from offices import levers, proposing
from offices.access import officer_who
from offices.fresh import UNSENT, unsent, with_fresh_factor
from offices.lever_forms import AskForm, EffectForm, ReasonForm
from offices.lever_waiting import lapsed, still_open
from offices.models import Officer, Proposal
from offices.reasons import reason_in
from offices.requests import OfficerRequest
from offices.scoping import within_reach
from offices.way_back import way_back

DRAFT = "lever-draft"
MOST = 50
LANGUAGE_OF = {"_th": "th", "_en": "en"}  # by how the name of a field ends


def begin_change(request: HttpRequest, lever: str, subject: str, new: Json) -> HttpResponse:
    """To the page that confirms a change; nothing of it is written yet."""
    request.session.pop(UNSENT, None)  # what was typed for another change
    request.session[DRAFT] = {"lever": lever, "subject": subject, "new": new}
    return redirect("levers:ask")


@require_GET
@never_cache
@officer_who("reads_changes")
def proposals(request: OfficerRequest) -> HttpResponse:
    found = _seen_by(request.user)
    waiting = [_shown(one) for one in found.filter(still_open())]
    done = [_shown(one) for one in found.exclude(still_open())[:MOST]]
    return render(request, "levers/list.html", {"waiting": waiting, "done": done})


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("asks_for_changes")
@with_fresh_factor()
def ask(request: OfficerRequest) -> HttpResponse:
    """Shows what the change does, asks for a reason and the number of people."""
    draft = request.session.get(DRAFT)
    if draft is None:
        return redirect("levers:list")
    lever, subject = levers.LEVERS[draft["lever"]], draft["subject"]
    old, new = levers.changes_of(lever, subject, draft["new"])
    if new and not lever.may_ask(request.user, subject, new):
        raise PermissionDenied
    if not new:
        messages.info(request, _("Nothing would change by this."))
        return redirect("levers:list")
    effect = lever.effect(subject, new)
    form = AskForm(
        request.POST or None, about=_digest(draft), people=effect.people, initial=unsent(request)
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            proposal = proposing.ask_for_change(
                lever, subject, new, by=request.user,
                reason=data["reason"], people=data["people"],
            )  # fmt: skip
        except levers.LeverRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            del request.session[DRAFT]
            messages.success(request, " ".join([_("Asked for."), str(lever.agreeing)]))
            return redirect("levers:proposal", pk=proposal.pk)
    context: Context = {"title": lever.title(subject, new), "lines": _lines(lever, old, new)}
    context |= {"kind": lever.name, "effect": effect, "form": form, "agreeing": lever.agreeing}
    return render(request, "levers/ask.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("reads_changes")
@with_fresh_factor()
def proposal(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """One change: who asked for it, why, what it does; the second administrator agrees here."""
    found = get_object_or_404(_seen_by(request.user), pk=pk)
    lever = levers.LEVERS[found.lever]
    effect = lever.effect(found.subject, found.new) if not found.answer else None
    form = EffectForm(
        request.POST or None, about=str(found.pk), people=effect.people if effect else 0
    )
    if form.is_valid():
        try:
            made = proposing.agree_to_change(
                found, by=request.user, people=form.cleaned_data["people"]
            )
        except levers.LeverRefused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _after(request, found, made)
    context = _shown(found) | {"effect": effect, "form": form, "back": way_back(found)[1]}
    mine = found.asked_by_id == request.user.pk
    context["agreeing"], context["reason_form"] = (
        lever.agreeing,
        ReasonForm(initial=unsent(request)),
    )
    context["may_answer"] = not mine and lever.may_answer(request.user, found)
    return render(request, "levers/proposal.html", context, status=422 if form.is_bound else 200)


@require_POST
@officer_who("reads_changes")
@with_fresh_factor(back="levers:proposal")
def decline(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """Declining and withdrawing are answers too: what was held for a day comes back by them."""
    found = get_object_or_404(_seen_by(request.user), pk=pk)
    if (reason := reason_in(request)) is None:
        return redirect("levers:proposal", pk=pk)
    try:
        proposing.decline_change(found, by=request.user, reason=reason)
    except levers.LeverRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("levers:proposal", pk=pk)


@require_POST
@officer_who("asks_for_changes")
def undo(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """The values from before, as a change of its own: it takes two people like every other."""
    found = get_object_or_404(_seen_by(request.user), pk=pk)
    return begin_change(request, found.lever, *way_back(found))


def _seen_by(viewer: Officer) -> QuerySet[Proposal]:
    """All for an administrator; for others those about people of their own office or province."""
    found = Proposal.objects.select_related("asked_by", "answered_by", "office")
    return found.filter(within_reach(viewer))


def waiting_for(officer: Officer) -> int:
    """How many changes this one may answer."""
    if not (officer.pulls_levers or officer.agrees_to_people):
        return 0
    found = _seen_by(officer).filter(still_open()).exclude(asked_by=officer)
    return sum(levers.LEVERS[one.lever].may_answer(officer, one) for one in found)


def _after(request: OfficerRequest, found: Proposal, made: levers.ShownOnce | None) -> HttpResponse:
    if made is None:
        messages.success(request, _("Agreed to and done."))
        return redirect("levers:proposal", pk=found.pk)
    link = request.build_absolute_uri(made.path) if made.path else ""
    qr = segno.make(link, error="m", micro=False).svg_data_uri(scale=4, border=4) if link else ""
    context = {"made": made, "link": link, "qr": qr, "proposal": found}
    return render(request, "levers/once.html", context)


def _shown(found: Proposal) -> Context:
    lever = levers.LEVERS[found.lever]
    return {
        "proposal": found,
        "lapsed": lapsed(found),
        "kind": lever.name,
        "title": lever.title(found.subject, found.new),
        "page": lever.page(found.subject),
        "lines": _lines(lever, found.old, found.new),
    }


def _lines(lever: levers.Lever, old: Json, new: Json) -> list[tuple[str, ...]]:
    """Label, old and new value as words, and the language of these where it is always the same."""
    labels = lever.labels()
    return [
        (
            str(labels.get(name, name)),
            *(in_words(lever.word(name, of.get(name)), of=name) for of in (old, new)),
            LANGUAGE_OF.get(name[-3:], ""),
        )
        for name in new
    ]


def in_words(value: object, *, of: str) -> str:
    """The value of the field `of`; codes of closed sets as the log calls them."""
    if value is None or value in ("", []):
        return "-"
    if isinstance(value, bool):
        return yes_or_no(value)
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, dict):
        return json.dumps(value)
    return ", ".join(_word(of, str(one)) for one in (value if isinstance(value, list) else [value]))


def _word(of: str, value: str) -> str:
    return people_date(value) if ISO.fullmatch(value) else word_of_value(of, value) or value


def _digest(draft: Json) -> str:
    return hashlib.sha256(json.dumps(draft, sort_keys=True).encode()).hexdigest()
