"""The pages as a WSGI application, for granian or any other server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arrears.config.settings")

from django.core.wsgi import get_wsgi_application

from arrears.web.ready import make_ready

application = get_wsgi_application()
make_ready()
