"""How the reader of sentences learns: annotated sentences in, weights out. Outside the wheel; the program reads only the weights."""
