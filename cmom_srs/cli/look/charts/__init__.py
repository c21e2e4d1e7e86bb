"""The charts of `cmom stats --chart`, one screen each. What they count: docs/spec/numbers.md."""
