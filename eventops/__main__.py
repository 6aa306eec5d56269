"""`python -m eventops`."""

from eventops.cli.main import main

main()
