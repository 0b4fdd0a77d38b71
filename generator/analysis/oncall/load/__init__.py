"""How much everybody carries: kinds of hours, holidays, load, fairness, rest."""
