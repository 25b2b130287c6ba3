"""The public catalogue: which terminals there are. No price, no cart: nobody may sell terminals openly online."""
