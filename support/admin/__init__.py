"""Tables of support in the admin. Each module registers its own."""

from support.admin import article, ticket  # noqa: F401
