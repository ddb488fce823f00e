from typing import Any

from django import forms
from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.db.months import add_months, first_day, today
from payung.apps.funding import selectors
from payung.apps.funding.models import Allocation, Fund, Plan
from payung.apps.funding.plans import Rules
from payung.apps.screening.models import Screening
from payung.apps.screening.selectors import screenings
from payung.planning import Priority
from payung.web.funding.forms import month_field
from payung.web.shell.formats import bulan, masa, number, rupiah

_PRIORITIES: dict[str, tuple[str, tuple[Priority, ...]]] = {
    "decile": (
        "Desil terendah, lalu yang tertua",
        (Priority("decile"), Priority("oldest")),
    ),
    "continuity": (
        "Yang perlindungannya akan habis, lalu desil terendah",
        (Priority("continuity"), Priority("decile"), Priority("oldest")),
    ),
    "oldest": ("Yang tertua", (Priority("oldest"),)),
}


class _ScreeningField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Screening) -> str:
        return f"{bulan(obj.on)}: {number(obj.eligible)} layak dari {number(obj.workers)}"


class _FundsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Fund) -> str:
        return f"{obj.name}, bebas {rupiah(obj.free)}, {masa(obj.first_month, obj.last_month)}"


class PlanForm(forms.Form):
    name = forms.CharField(label="Nama rencana", max_length=120)
    screening = _ScreeningField(
        Screening.objects.none(), label="Hasil penyaringan", empty_label=None
    )
    first_month = month_field("Bulan pertama")
    last_month = month_field("Bulan terakhir")
    funds = _FundsField(
        Fund.objects.none(), label="Dana yang dipakai", widget=forms.CheckboxSelectMultiple
    )
    priority = forms.ChoiceField(
        label="Siapa didahulukan",
        choices=[(code, words) for code, (words, _) in _PRIORITIES.items()],
    )
    months_target = forms.IntegerField(
        label="Bulan per orang",
        min_value=1,
        required=False,
        help_text="Kosong: seluruh masa rencana. Lebih sedikit bulan berarti lebih banyak orang, "
        "tetapi santunan kematian penuh baru berlaku setelah beberapa bulan berturut-turut.",
    )
    months_min = forms.IntegerField(
        label="Bulan tersedikit bila dana menipis",
        min_value=1,
        required=False,
        help_text="Kosong: sama dengan bulan per orang.",
    )
    include_doubtful = forms.BooleanField(
        label="Sertakan pekerja yang masih perlu dipastikan", required=False
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        runs = screenings(actor=actor)
        self.fields["screening"].queryset = runs
        self.fields["funds"].queryset = selectors.funds(actor=actor)
        newest = runs.first()
        start = newest.on if newest else add_months(first_day(today()), 1)
        self.initial.setdefault("first_month", start)
        self.initial.setdefault("last_month", start.replace(month=12))
        self.initial.setdefault("name", f"Pelindungan {start.year}")

    def rules(self) -> Rules:
        asked = self.cleaned_data
        return Rules(
            priorities=_PRIORITIES[asked["priority"]][1],
            months_target=asked["months_target"],
            months_min=asked["months_min"],
            include_doubtful=asked["include_doubtful"],
        )


class AllocationFilter(forms.Form):
    dana = forms.ModelChoiceField(
        Fund.objects.none(), label="Dana", required=False, empty_label="Semua dana"
    )

    def __init__(self, *args: Any, actor: Actor, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dana"].queryset = selectors.funds(actor=actor).filter(
            pk__in=[total["id"] for total in plan.result["funds"]]
        )

    def rows(self, *, actor: Actor, plan: Plan) -> QuerySet[Allocation]:
        """The plan's workers that fit what was asked; what makes no sense is not asked."""
        self.full_clean()
        rows = selectors.allocations(actor=actor, plan=plan)
        fund = self.cleaned_data.get("dana")
        return rows.filter(fund=fund) if fund else rows


class LeftOutFilter(forms.Form):
    alasan = forms.ChoiceField(label="Alasan", required=False)

    def __init__(self, *args: Any, reasons: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alasan"].choices = [
            ("", "Semua alasan"),
            *((reason, f"{reason} ({number(count)})") for reason, count in reasons),
        ]

    def reason(self) -> str:
        """The reason asked for; "" for all."""
        self.full_clean()
        return str(self.cleaned_data.get("alasan", ""))
