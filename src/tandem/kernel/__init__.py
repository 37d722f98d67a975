"""No business words: errors, time, identity, money, values, canonical encoding, expressions, artefacts."""
