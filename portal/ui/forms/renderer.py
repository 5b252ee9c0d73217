from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws forms and fields with the design system's markup. Nothing is marked safe: labels come from catalogues."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
