from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from payung.web.shell.formats import bulan


class MonthFilter(forms.Form):
    """One of the months anybody was covered in; the latest when none is asked for."""

    bulan = forms.ChoiceField(label="Bulan", required=False)

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = {f"{month:%Y-%m}": month for month in months}
        self.fields["bulan"].choices = [(code, bulan(at)) for code, at in self.months.items()]

    def month(self) -> date | None:
        """The month asked for; None when nobody was ever covered."""
        asked = self.cleaned_data.get("bulan") if self.is_valid() else ""
        return self.months.get(asked or "") or next(iter(self.months.values()), None)
