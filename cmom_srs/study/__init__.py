"""What studying is: values and functions, without clock, file, database or screen."""
