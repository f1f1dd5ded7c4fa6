"""What a report is: the declared forms, and the grids drawn from them."""
