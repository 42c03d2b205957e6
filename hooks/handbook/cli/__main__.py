"""`python -m handbook.cli` is `handbook`."""

import sys

from handbook.cli import main

sys.exit(main())
