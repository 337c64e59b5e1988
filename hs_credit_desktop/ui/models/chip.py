"""A chip as a model hands it to a delegate."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChipSign:
    """Words on a soft ground: ink is a colour of the look, icon a file of resources/icons or ''."""

    text: str
    ink: str = "accent"
    icon: str = ""
