"""The commands that start, check and feed the portal."""
