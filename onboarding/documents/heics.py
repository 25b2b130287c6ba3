"""Teaches Pillow to open HEIC; loaded by the child process (`worker`) only for such a file."""

from __future__ import annotations

import pillow_heif

pillow_heif.register_heif_opener()
pillow_heif.options.DECODE_THREADS = 1  # each thread would reserve memory of its own
