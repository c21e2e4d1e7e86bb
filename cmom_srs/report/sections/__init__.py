"""The sections of the page, one module each; each gives what stands below its heading."""
