"""How forms look: one template for a field, one for a form."""

from django.forms.renderers import TemplatesSetting


class PayungRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"


# for every field that takes a file
FILE_ERRORS = {"empty": "Berkas ini kosong (0 byte); pilih berkas yang ada isinya."}
