"""Pure functions on Chinese text: folding, numerals, units, periods, sentences, regions. Nothing here knows of indicators."""
