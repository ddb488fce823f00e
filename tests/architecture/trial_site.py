"""A few pages, good and bad, on which the tests try their own instruments."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

_PAGE = """<!doctype html><html lang="id"><head><title>Percobaan</title>
<meta name="viewport" content="width=device-width"></head><body><main>{}</main></body></html>"""


def _page(body: str):
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(_PAGE.format(body))

    return view


urlpatterns = [
    path("baik", _page("<h1>Halo</h1><p>Semua baik.</p>")),
    path("skrip", _page("<h1>Halo</h1><script>document.title = 'x'</script>")),
    path("luar", _page("<h1>Halo</h1><img alt='' src='http://luar.test/a.png'>")),
    path("rusak", _page("<h1>Halo</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>")),
    path("lebar", _page("<h1>Halo</h1><pre>" + "panjang" * 300 + "</pre>")),
]
