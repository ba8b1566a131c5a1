"""Fields of the compiled tables about public display: who is shown, what of them, what others make of it."""

from __future__ import annotations

from demerit.catalogue.words import KINDS

SHOWN_LISTED, SHOWN_LOWEST, SHOWN_PUBLISHED = range(3)
SHOWN_FOR = ("listed", "lowest-band", "published-record")
"""Why somebody is shown: an entry on a list, a loss of points in the lowest band, a published record."""
SHOWN_FIELDS = ("name", "photo", "home-address", "allegation")
"""What a screen can tell of somebody."""
DEALS = ("rent", "loan", "marriage")
"""What strangers are asked for."""
LOW, CLEAN, LOOKED, AGREED = 1, 2, 4, 8
"""Bits of a deal: how whoever asks stands, and what came of it."""
ON_DISPLAY = 4
"""Bit of an account's ``access``: its citizen is on public display."""

SHOWING = (
    ("shows", "i8"),  # one bit for each reason; 0 = nobody is shown
    ("screen_term", "i8"),  # days
    ("screen_address", "i8"),  # 1 = the home address is shown
    ("screen_photo", "i8"),  # 1 = strangers can recognise whoever is shown
    ("screen_allegation", "i8"),  # 1 = what is alleged is shown
    ("screen_city", "i8"),  # 1 = friends and employers see it too
    ("lookups", "i8"),  # 1 = anybody can look anybody up
    ("screen_below", "i8"),  # whole points: edge of the lowest band
    ("screen_publishes", "i8", len(KINDS)),  # 1 = a record of the kind is published
    ("shown_worth", "i8"),  # Q16 days: what an employee on display is to a company
    ("friend_loss", "i8", 2),  # Q16 days that a friend's records are expected to cost by chains; by wage
    ("display_cost", "i8", 2),  # Q16 days that a display is expected to cost; without a wage, with one
)

OSTRACISM = (
    ("harassment", "i8"),  # Q16 of own income a day
    ("turned_away", "i8"),  # Q32: a shop does not serve somebody on display
    ("bus_refuses", "i8"),  # Q32: a bus does not take somebody on display
    ("viewers", "i8"),  # strangers who see a display
    ("tie_value", "i8"),  # Q16 days that a friendship of full strength is worth
    ("tie_shame", "i8"),  # Q16 days that a friend on display costs
    ("tie_inverse_tau", "i8"),  # Q16 per day
    ("deal_share", "i8", len(DEALS)),  # Q32, cumulative: what is asked for
    ("deal_stake", "i8", len(DEALS)),  # Q16 days
    ("deal_gain", "i8"),  # Q16 of the stake
    ("deal_inverse_tau", "i8"),  # Q16 per stake
    ("look_effort", "i8"),  # Q16 days
    ("look_avoids", "i8"),  # Q16 of what is at stake
    ("doubt_clean", "i8"),  # Q16: what a look-up leaves of the doubt about somebody it finds nothing about
    ("doubt_low", "i8"),  # Q16: what it makes of the doubt about somebody of low standing
)
