"""The commands: arguments in, one call per layer, text out."""
