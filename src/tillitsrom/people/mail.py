"""The e-mails about accounts: a welcome with the link for choosing a password."""

import logging
import smtplib

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from .models import User

log = logging.getLogger(__name__)


def send_welcome(*, person: User, site: str) -> bool:
    """Send the link for choosing a password, in the person's language; False where the e-mail could not be sent.

    `site` is the address of this installation, for example https://tillitsrom.example.
    """
    context = {
        "person": person,
        "site": site,
        "site_name": settings.SITE_NAME,
        "uid": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    with translation.override(person.language):
        subject = render_to_string("people/welcome_subject.txt", context).strip()
        body = render_to_string("people/welcome_email.txt", context)
    try:
        return send_mail(subject, body, None, [person.email]) > 0
    except (OSError, smtplib.SMTPException):
        # The address is the person's own and stays out of the log.
        log.exception("the e-mail to person %s could not be sent", person.pk)
        return False
