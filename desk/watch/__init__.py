"""Possible matches with watch-lists: the queue, and the page on which one is decided."""
