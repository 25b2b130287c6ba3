"""What every gunicorn of this portal has in common, wherever it runs; the rest stands in the command that starts it."""

logger_class = "portal.server_log.ServerLog"
