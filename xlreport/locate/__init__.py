"""Which cell is wrong, and what it should be: error localisation by the principle of Fellegi and Holt.

``locate`` answers for figures and balances, ``suggest`` puts the answers into findings. The parts, from the inside out: ``system`` (exact
equations), ``search`` (smallest sets of changes), ``solver`` (the same by HiGHS, optional), ``ranking`` (which solution is plausible).
"""
