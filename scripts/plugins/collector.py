"""For pytest: a garbage collector that looks seldom, and never at what was imported.

The SDK alone leaves two hundred thousand objects that stay. To go through them again and again took
a fifth of the processor time of the package's tests.
"""

import gc

gc.set_threshold(50_000, 50, 100)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
