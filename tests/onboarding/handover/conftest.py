from tests.blank_case import blank, case, filled, liu, signed_in  # noqa: F401
