"""Where searched words stand in a text, whatever the case of Latin letters."""


def places(text: str, needle: str) -> list[tuple[int, int]]:
    """(start, end) of each place of needle in text, in characters; none for an empty needle."""
    if not needle:
        return []
    low, wanted = text.lower(), needle.lower()
    if len(low) != len(text) or len(wanted) != len(needle):  # a letter whose lower case is longer
        low, wanted = text, needle
    found = []
    at = low.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = low.find(wanted, at + len(wanted))
    return found
