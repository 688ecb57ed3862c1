"""The parts of ``StoreContract``, by theme. Use them by way of it."""
