"""The history's file: made, opened, brought up to date; its tables, and what goes wrong with it."""
