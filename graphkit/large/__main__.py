"""Merges every n-th bucket of a folder: ``python -m graphkit.large FOLDER FIRST STEP BUCKETS``."""

from __future__ import annotations

import sys

from graphkit.large.work import main

main(sys.argv[1:])
