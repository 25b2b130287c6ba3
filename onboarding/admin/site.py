"""What all pages of the admin share: its title, and no second menu beside the list (every page has its breadcrumb)."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.index_title = _("Review and tables")
admin.site.enable_nav_sidebar = False
