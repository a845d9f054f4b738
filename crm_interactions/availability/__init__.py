"""Free and busy times of users and resources during a day, for choosing the time of a meeting (R13, R14)."""
