"""Runs every benchmark and prints its medians and ratios. `make bench` compiles first."""

from tests.bench import startup


def main() -> None:
    """All of them, one table."""
    for line in startup.report():
        print(line)


if __name__ == "__main__":
    main()
