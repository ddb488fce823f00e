"""One page of a long list."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def paged(request: HttpRequest, rows: object, per: int = 50) -> Page:
    """The page of `rows` (a queryset or list) that `?halaman=` asks for; odd numbers are mended."""
    return Paginator(rows, per).get_page(request.GET.get("halaman"))
