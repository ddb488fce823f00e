"""The shell's own pages: accounts, jobs, about."""

from allauth.account import views as account
from django.conf import settings
from django.urls import include, path

from payung.web.shell import account_views, styleguide, views

urlpatterns = [
    path("akun/", account_views.account, name="account"),
    path("akun/masuk/", account.login, name="account_login"),
    path("akun/keluar/", account.logout, name="account_logout"),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/peran/", account_views.switch_membership, name="switch_membership"),
    path("akun/mulai/<str:uid>/<str:token>/", account_views.start, name="start"),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("pekerjaan/<int:pk>/", views.job, name="job"),
    path("tentang/", views.about, name="about"),
]
if settings.STYLEGUIDE:
    urlpatterns.append(path("gaya/", styleguide.show, name="styleguide"))
