"""Caps: the most that law, or the house, lets anybody charge a debtor for being late (R11, P66). One file a cap.

A cap bounds the charge that terms derive, refuses one that is posted by hand, and says which rule it is. One whose
source is not verified ships off. Its id is its path below this folder with dots: ``caps/ke/ln46_induplum.yaml`` is
``ke.ln46_induplum``.
"""

from arrears.packs.caps.asking import Charge, DebtOf, Standing, caps_for, refusal_of
from arrears.packs.caps.reading import CapRule, cap_rules, check_caps

__all__ = ["CapRule", "Charge", "DebtOf", "Standing", "cap_rules", "caps_for", "check_caps", "refusal_of"]
