"""`python -m cmom_srs` is `cmom`."""

from cmom_srs.cli.main import run

if __name__ == "__main__":
    run()
