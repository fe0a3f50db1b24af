"""The application that a web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from taihua.site.orphans import leave_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taihua.site.settings")
application = get_wsgi_application()
leave_with_parent()
