"""The parts that papers share: letterhead, signature block, recipients, nominees."""
