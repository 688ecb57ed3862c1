"""An invented household's money, the same for everyone: for trying Spendo out."""

from spendo.ledger.demo.load import DEMO_USERNAME, DemoLoaded, NameInUse, load_demo

__all__ = ["DEMO_USERNAME", "DemoLoaded", "NameInUse", "load_demo"]
