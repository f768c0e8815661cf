"""Coming back with the reference number, and going from a desktop to a phone."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.camera import with_face_guide
from core.qr import qr_path
from core.rate_limit import limited
from core.required import required
from identity.sessions import hold
from registration.errors import Refused
from registration.forms import ResumeForm, SelfieForm
from registration.models import Enrollment
from registration.services import enrolling, returning
from registration.states import State
from registration.texts import RETURN_REASONS
from registration.views.answers import show
from registration.views.sessions import citizen_step, enrollment_of, page_of, remember, session_over
from verification.images import BadImage

LINK = "handoff"


@login_not_required
@never_cache
@limited("resume")
def resume(request: HttpRequest) -> HttpResponse:
    form = ResumeForm(request.POST or None)
    if form.is_valid():
        try:
            enrollment, _token = enrolling.resume_enrollment(**form.cleaned_data)
            remember(request, enrollment)
            return redirect(page_of(enrollment))
        except Refused as refusal:
            form.add_error(None, refusal.message)
    status = 422 if form.is_bound else 200
    return render(request, "registration/resume.html", {"form": form}, status=status)


@login_not_required
@require_http_methods(["GET", "POST"])
@never_cache
@limited("step", per_citizen=True)
def handoff(request: HttpRequest) -> HttpResponse:
    """A press makes a link for one use; the page shows it as a QR code to scan with the phone, as
    long as it is good, however often it is read.
    """
    enrollment = enrollment_of(request)
    if enrollment is None:
        return redirect(session_over())
    if not enrollment.is_open:
        return redirect("registration:home")
    if request.method == "POST":
        request.session[LINK] = enrolling.open_handoff(enrollment)
        return redirect("registration:handoff")
    secret = request.session.get(LINK, "")
    if not enrolling.handoff_is_open(secret):
        return redirect(page_of(enrollment))
    address = reverse("registration:take_handoff", args=[secret])
    link = request.build_absolute_uri(address)
    context = {"enrollment": enrollment, "link": link, "qr": qr_path(link)}
    return render(request, "registration/handoff.html", context)


@login_not_required
@never_cache
@limited("resume")
def take_handoff(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET only asks; the link is used up by the press of the button. Previews of a link open
    nothing.
    """
    if request.method != "POST":
        over = not enrolling.handoff_is_open(secret)
        status = 410 if over else 200
        return render(request, "registration/take_handoff.html", {"over": over}, status=status)
    try:
        enrollment = enrolling.take_handoff(secret)
    except Refused as refusal:
        context = {"message": refusal.message, "come_later": False}
        return render(request, "registration/problem.html", context, status=refusal.status)
    remember(request, enrollment)
    if enrollment.state == State.ACTIVATED:
        hold(request, digital_id=required(enrollment.digital_id, "digital ID"))
        return redirect("identity:unlock")
    return redirect(page_of(enrollment))


@with_face_guide
@limited("upload", per_citizen=True)
@citizen_step("return")
def return_selfie(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """A fresh selfie on the device that is to hold the digital ID."""
    form = SelfieForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            returning.hand_in_return(enrollment, **form.handed_in())
            return redirect("registration:return_checking")
        except (BadImage, Refused) as error:
            form.add_error("selfie", error.message)
    failed = RETURN_REASONS.get(returning.last_reason(enrollment), "")
    return show(request, "return", enrollment, form=form, failed=failed)


@citizen_step("return_checking")
def return_checking(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    return show(request, "return_checking", enrollment)


@citizen_step("card_again")
def card_again(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    """Whoever came back by reference and number is shown nothing of the former card."""
    return show(request, "card_again", enrollment)
