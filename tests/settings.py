"""The portal's own settings under the environment of the tests, with a password hasher that costs nothing."""

import os
from pathlib import Path

from tests import environment

environment.prepare()

from portal.settings import *  # noqa: F403
from portal.settings import DATABASES, VAR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in the embedded mode: threads and worker processes see it, which an in-memory database does not give.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR) / f"test-{os.getpid()}.sqlite3")}
