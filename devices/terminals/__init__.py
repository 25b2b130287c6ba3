"""The warehouse: orders to pack, terminals in stock, keys, what comes home."""
