#!/usr/bin/env python
"""Django's door; `./partner` is the one people use."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partner.config.settings")
    from partner.common.door import execute

    execute(sys.argv)
