"""The base of every register screen: what wagtail-modeladmin leaves open is closed here, once."""

from register.wagtail_admin.base.modeladmin import RegisterModelAdmin

__all__ = ["RegisterModelAdmin"]
