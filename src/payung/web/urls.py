"""The whole site. Each area owns what lies below its Indonesian name."""

from importlib.util import find_spec

from django.urls import include, path

_AREAS = {
    "dashboard": "",
    "agreements": "perjanjian/",
    "lists": "daftar/",
    "workers": "pekerja/",
    "screening": "penyaringan/",
    "funding": "dana/",
    "plans": "rencana/",
    "enrolment": "pendaftaran/",
    "contributions": "iuran/",
    "claims": "klaim/",
    "coverage": "cakupan/",
    "outreach": "mitra/",
    "audit": "jejak/",
}


def _exists(area: str) -> bool:
    return bool(find_spec(f"payung.web.{area}") and find_spec(f"payung.web.{area}.urls"))


urlpatterns = [path("", include("payung.web.shell.urls"))] + [
    path(prefix, include(f"payung.web.{area}.urls"))
    for area, prefix in _AREAS.items()
    if _exists(area)
]
