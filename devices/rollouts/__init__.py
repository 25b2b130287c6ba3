"""Dispatch: who goes when to which shop."""
