"""The site for gunicorn: `gunicorn payung.web.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.settings.base")

application = get_wsgi_application()
