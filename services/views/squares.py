"""The QR of a transfer as a picture: the content policy allows no pictures inside pages."""

import io

import segno
from django.http import Http404, HttpResponse

from services.models import Payment
from services.money_states import PaymentState, Way


def square(payment: Payment) -> HttpResponse:
    """Only while it can still be paid: nobody shall scan a QR whose money would go back."""
    if payment.way != Way.TRANSFER or payment.state != PaymentState.OPEN:
        raise Http404
    picture = io.BytesIO()
    segno.make(payment.address, error="m", micro=False).save(picture, kind="svg", scale=5, border=4)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")
