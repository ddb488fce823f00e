"""A few pages, good and bad, on which the tests try their own instruments."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

_PAGE = """<!doctype html><html lang="id"><head><title>Percobaan</title>
<meta name="viewport" content="width=device-width"></head><body><main>{}</main></body></html>"""


def _page(body: str):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(_PAGE.format(body))

    return view


def _dark_style(request: HttpRequest) -> HttpResponse:
    """Words that are faint in the dark only."""
    style = (
        ":root { color-scheme: light dark; background: light-dark(#fff, #000) }"
        "p { color: light-dark(#000, #222) }"
    )
    return HttpResponse(style, content_type="text/css")


urlpatterns = [
    path("baik", _page("<h1>Halo</h1><p>Semua baik.</p>")),
    path("skrip", _page("<h1>Halo</h1><script>document.title = 'x'</script>")),
    path("luar", _page("<h1>Halo</h1><img alt='' src='http://luar.test/a.png'>")),
    path("rusak", _page("<h1>Halo</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")),
    path("gelap", _page("<link rel=stylesheet href='gelap.css'><h1>Halo</h1><p>Samar.</p>")),
    path("gelap.css", _dark_style),
    path("lebar", _page("<h1>Halo</h1><pre>" + "panjang" * 300 + "</pre>")),
]
