"""Runs every benchmark and prints its medians and ratios. `make bench` compiles first."""

from tests.bench import export
from tests.bench import numbers
from tests.bench import startup


def main() -> None:
    """All of them, one table."""
    for report in (startup.report, export.report, numbers.report):
        for line in report():
            print(line, flush=True)


if __name__ == "__main__":
    main()
