"""The pages as a WSGI application, for granian or any other server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arrears.config.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
