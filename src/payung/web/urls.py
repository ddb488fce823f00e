"""The whole site. Each area owns what lies below its Indonesian name."""

from django.urls import include, path

urlpatterns = [
    path("", include("payung.web.shell.urls")),
    path("", include("payung.web.dashboard.urls")),
    path("perjanjian/", include("payung.web.agreements.urls")),
    path("daftar/", include("payung.web.lists.urls")),
    path("pekerja/", include("payung.web.workers.urls")),
    path("penyaringan/", include("payung.web.screening.urls")),
    path("dana/", include("payung.web.funding.urls")),
    path("rencana/", include("payung.web.plans.urls")),
    path("pendaftaran/", include("payung.web.enrolment.urls")),
    path("iuran/", include("payung.web.contributions.urls")),
    path("klaim/", include("payung.web.claims.urls")),
    path("cakupan/", include("payung.web.coverage.urls")),
    path("mitra/", include("payung.web.outreach.urls")),
    path("hukum/", include("payung.web.law.urls")),
    path("jejak/", include("payung.web.audit.urls")),
    path("pengaturan/", include("payung.web.accounts.urls")),
]
