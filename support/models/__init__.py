"""The nouns of support, one file each."""

from support.models.article import Article
from support.models.ticket import Message, Ticket

__all__ = ["Article", "Message", "Ticket"]
