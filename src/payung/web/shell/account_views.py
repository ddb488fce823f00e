"""One's own account: its roles, and the one-time link that begins it."""

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from payung.apps.accounts.models import Membership, User
from payung.apps.accounts.services import one_time_link
from payung.web.access import go
from payung.web.middleware import SESSION_KEY

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def start_path(user: User) -> str:
    """The path of the user's one-time link: there they set name and password.

    It ends with its first use, with the next change of password, or after three days.
    """
    link = one_time_link(user)
    return reverse("start", args=[link.uid, link.token])


class StartForm(SetPasswordForm):
    name = forms.CharField(label="Nama lengkap", max_length=120)
    field_order = ["name", "new_password1", "new_password2"]

    def __init__(self, user: User, *args: object, **kwargs: object) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["name"].initial = user.name
        self.fields["name"].widget.attrs["autocomplete"] = "name"

    def save(self, commit: bool = True) -> User:
        self.user.name = self.cleaned_data["name"].strip()
        return super().save(commit)


@never_cache
@sensitive_post_parameters()
def start(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """The one-time link of a new account, or of one whose password is forgotten."""
    user = _user_of(uid)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "account/start_invalid.html", status=410)
    form = StartForm(user, request.POST or None)
    if form.is_valid():
        form.save()
        if is_mfa_enabled(user):  # a link replaces the password, never the second factor
            messages.success(request, "Kata sandi tersimpan. Silakan masuk.")
            return go(request, "account_login")
        login(request, user, backend=_BACKEND)
        return go(request, "/")
    return render(request, "account/start.html", {"form": form, "email": user.email})


def _user_of(uid: str) -> User | None:
    try:
        return User.objects.get(pk=int(urlsafe_base64_decode(uid)), is_active=True)
    except (ValueError, OverflowError, User.DoesNotExist):
        return None


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The visitor's own account: roles, password, second factor."""
    memberships = Membership.objects.filter(user=request.user, is_active=True)
    context = {
        "memberships": memberships.select_related("organisation"),
        "is_mfa_enabled": is_mfa_enabled(request.user),
    }
    return render(request, "account/account.html", context)


@require_POST
@login_required
def switch_membership(request: HttpRequest) -> HttpResponse:
    """Work in another of one's own roles."""
    chosen = request.POST.get("membership", "")
    if not chosen.isdecimal():
        raise Http404
    mine = Membership.objects.filter(user=request.user, is_active=True)
    membership = get_object_or_404(mine.select_related("organisation"), pk=int(chosen))
    request.session[SESSION_KEY] = membership.pk
    messages.success(
        request,
        f"Anda sekarang {membership.get_role_display()} di {membership.organisation.name}.",
    )
    return go(request, "/")
