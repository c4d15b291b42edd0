"""From what banks and counties send to official statistics on poverty-relief lending."""

__version__ = "0.9.0"
