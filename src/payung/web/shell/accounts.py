"""allauth as Payung uses it: nobody signs up, an administrator invites."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django.http import HttpRequest

_SILENT = {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Surel atau kata sandi salah. Periksa huruf besar dan kecilnya.",
        "too_many_login_attempts": "Terlalu banyak percobaan gagal. Coba lagi lima menit lagi.",
        "incorrect_password": "Kata sandi salah.",
        "incorrect_code": "Kode salah atau sudah lewat. Masukkan kode yang sekarang tampil.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, never by the visitor."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        """allauth greets at every log-in; the page itself shows who is logged in."""
        if message_template not in _SILENT:
            super().add_message(request, level, message_template, *args, **kwargs)


class LoginForm(AllauthLoginForm):
    """The words the rest of the site uses; a label says it, no placeholder repeats it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", "Surel"), ("password", "Kata sandi")):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
