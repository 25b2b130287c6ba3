#!/usr/bin/env python3
"""Exit code 0 when the web server of this container answers /livez; for HEALTHCHECK, in an image without curl."""

import os
import sys
import urllib.error
import urllib.request


def host():
    """A name that the portal answers to; a proxy in front has ended HTTPS already."""
    names = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")
    return names[0].strip().lstrip(".*") or "localhost"


def main():
    address = "http://127.0.0.1:%s/livez" % os.environ.get("PORT", "8000")
    headers = {"Host": host(), "X-Forwarded-Proto": "https"}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
    try:
        return 0 if opener.open(urllib.request.Request(address, headers=headers), timeout=4).status == 200 else 1
    except urllib.error.HTTPError as error:
        return 0 if error.code == 301 else 1  # it sends plain HTTP to HTTPS: it lives
    except OSError as error:
        print(error, file=sys.stderr)
        return 1


class Stay(urllib.request.HTTPRedirectHandler):
    """Does not follow to an address outside the container."""

    def redirect_request(self, *details):
        return None


if __name__ == "__main__":
    sys.exit(main())
