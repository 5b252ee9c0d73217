"""`{% form_token %}` inside a form whose view is `sent_once`."""

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.accounts import once

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.issue(context["request"]))
