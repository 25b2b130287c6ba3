"""The help pages: articles, how they are found, and where they come from."""

from support.knowledge.finding import search
from support.knowledge.loading import load

__all__ = ["load", "search"]
