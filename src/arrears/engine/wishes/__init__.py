"""What somebody says of times and places that do not suit, made into windows that the gate keeps.

No magic words are needed to make a time inconvenient (12 CFR 1006.6(b)(1), P17): "I work nine to five" is enough. What
is read is proposed; a person confirms it. Start with `hear`.
"""

from arrears.engine.wishes.hearing import Heard, hear

__all__ = ["Heard", "hear"]
