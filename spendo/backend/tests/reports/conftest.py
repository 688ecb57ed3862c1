from tests.ledger.small_book import book, now, user

__all__ = ["book", "now", "user"]
