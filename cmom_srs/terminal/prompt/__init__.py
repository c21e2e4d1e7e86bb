"""What the learner is asked for: by single keys on a terminal, by lines anywhere else."""
