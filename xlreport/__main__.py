"""``python -m xlreport``: the command, where its folder is not on the path."""

import sys

from xlreport.cli import main

sys.exit(main())
