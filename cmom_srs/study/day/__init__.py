"""One study day: its limits, the order of its cards, its sessions, and the days ahead."""
