"""Maps of a plan that need no network: the facts, the drawing, the page. `offline` puts them together."""
