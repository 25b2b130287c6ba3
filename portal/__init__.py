"""Wiring: settings, URLs, the worker, encryption, storage and the outside parties. No business word lives here."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
