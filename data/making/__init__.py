"""How the three example cases are made: typed places and figures, and seeded draws for everything invented."""
