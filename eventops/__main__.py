"""How the program begins: Ctrl-C ends it with 130 from the first moment, while its parts are still being read too."""

import sys


def main() -> None:
    """Runs the program."""
    try:
        from eventops.cli.main import main as run
    except KeyboardInterrupt:
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
