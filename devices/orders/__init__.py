"""The merchant's order: choose, place, pay, follow."""
