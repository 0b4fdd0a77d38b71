"""`python -m generator` is the command `tocsin`."""

import sys

from generator.cli import main

sys.exit(main())
