"""From what banks and counties send to official statistics on poverty-relief lending."""
