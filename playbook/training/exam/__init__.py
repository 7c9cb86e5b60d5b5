"""Forms drawn from the bank by seed, and simulated learners who show that a form can tell who reads with care."""
