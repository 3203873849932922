"""`foodlots` and `python -m foodlots`."""

from foodlots.cli import main

if __name__ == "__main__":
    main()
