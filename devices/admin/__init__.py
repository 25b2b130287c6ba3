"""The catalogue, edited; the passport of a terminal, looked at. One file per noun."""

from devices.admin import model, terminal

__all__ = ["model", "terminal"]
