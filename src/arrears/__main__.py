"""``python -m arrears``: the same program as ``arrears``."""

from arrears.cli.main import main

if __name__ == "__main__":
    main()
