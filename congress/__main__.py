"""``python -m congress`` is the command ``congress``."""

from congress.cli.main import main

if __name__ == "__main__":
    main()
