"""What the holder does with the digital ID alone: one page of all acts, and the acts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.presses import press
from core.rate_limit import limited
from identity import sessions
from identity.access import AskedAlready, ask_for_correction, corrections_of
from identity.ending import ask_to_end, keep
from identity.forms import ChangePasswordForm, CorrectionForm, EndForm
from identity.inbox import unread
from identity.life import NotNow
from identity.models import DigitalID
from identity.openings import lock_others
from identity.passwords import PasswordRefused, change_password
from identity.unlocking import holder_only


@require_GET
@holder_only
def own(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    context = {"digital_id": digital_id, "unread": unread(digital_id)}
    return render(request, "identity/own.html", context)


@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def password(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    """The new password locks every browser, this one too: it is opened by the new one, so that a
    slip of the finger shows at once.
    """
    form = ChangePasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            origin = sessions.origin_of(request)
            change_password(digital_id, **form.cleaned_data, origin=origin)
            messages.success(request, _("Your password is changed. Open with the new one."))
            return redirect("identity:unlock")
        except PasswordRefused as refusal:
            form.add_error("password", str(refusal))
        except ValidationError as wrong:
            form.add_error("second" if wrong.code == "passwords_differ" else "first", wrong)
    status = 422 if form.is_bound else 200
    return render(request, "identity/password.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@limited("password", per_citizen=True)
@holder_only
def end(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_to_end(digital_id, **form.cleaned_data, origin=sessions.origin_of(request))
            messages.success(
                request, _("Your digital ID ends in one day. Until then you can keep it.")
            )
            return redirect("identity:own")
        except PasswordRefused as refusal:
            form.add_error("password", str(refusal))
        except ValidationError as wrong:
            form.add_error("digits", wrong)
        except NotNow:
            return redirect("identity:own")
    status = 422 if form.is_bound else 200
    return render(request, "identity/end.html", {"form": form}, status=status)


@press(back="relying_parties:services")
@holder_only
def lock_elsewhere(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    sessions.keep_unlocked(request, lock_others(digital_id))
    messages.success(request, _("Everywhere else the password is asked for now."))
    return redirect("relying_parties:services")


@press(back="identity:own")
@holder_only
def stay(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    if keep(digital_id):
        messages.success(request, _("Your digital ID stays as it is."))
    return redirect("identity:own")


@require_http_methods(["GET", "POST"])
@limited("question")
@holder_only
def correction(request: HttpRequest, digital_id: DigitalID) -> HttpResponse:
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ask_for_correction(digital_id, words=form.cleaned_data["words"])
            messages.success(request, _("Your request is with the administrators."))
        except AskedAlready:
            messages.info(request, _("You have a request that waits for its answer."))
        return redirect("identity:correction")
    asked = list(corrections_of(digital_id))
    waits = any(one.answered_at is None for one in asked)
    context = {"form": form, "asked": asked, "waits": waits}
    status = 422 if form.is_bound else 200
    return render(request, "identity/correction.html", context, status=status)
