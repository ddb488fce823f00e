"""How forms look: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting


class PayungRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"
