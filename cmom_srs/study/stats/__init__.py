"""Numbers over the log and the states, worked out whenever they are asked for."""
