"""Going on with a phone what was begun at a computer: a QR code, a number to type, a session for this case alone."""
