"""Citizens' questions about accesses: auditors read them, central administrators answer."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from identity.access import AnsweredAlready, answer_question, data_in_question
from identity.forms import AnswerForm
from identity.models import AccessQuestion
from offices.access import officer_who
from offices.requests import OfficerRequest

PAGE_SIZE = 50


@require_GET
@never_cache
@officer_who("reads_audit")
def questions(request: OfficerRequest) -> HttpResponse:
    """What waits for an answer first, the oldest on top; without the words."""
    found = AccessQuestion.objects.visible_to(request.user).select_related("answered_by")
    found = found.defer("question_sealed", "answer_sealed")
    found = found.order_by(F("answered_at").desc(nulls_first=True), "asked_at")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "questions/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@never_cache
@officer_who("reads_audit")
def question(request: OfficerRequest, pk: uuid.UUID) -> HttpResponse:
    """One question with the entry it is about. Opening it is written down; POST answers it."""
    asked = get_object_or_404(AccessQuestion.objects.visible_to(request.user), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not request.user.is_staff:
        raise PermissionDenied
    if form.is_valid():
        return _answer(request, asked, form.cleaned_data["words"])
    if not form.is_bound:
        record(Action.AUDIT_VIEWED, asked, actor=Actor.officer(request.user))
    entry = Entry.objects.filter(pk=asked.entry_id).first() if asked.entry_id else None
    holder = data_in_question(asked, reader=request.user)
    context = {"question": asked, "entry": entry, "holder": holder, "form": form}
    return render(request, "questions/question.html", context, status=422 if form.is_bound else 200)


def _answer(request: OfficerRequest, asked: AccessQuestion, words: str) -> HttpResponse:
    try:
        answer_question(asked, words=words, officer=request.user)
        messages.success(request, _("The citizen can read the answer now."))
    except AnsweredAlready:
        messages.info(request, _("Somebody else has answered meanwhile."))
    return redirect("questions:question", pk=asked.pk)
