"""The indicators that tables begin with: name, label and unit of each."""

HEADLINES = (
    ("records", "records filed", "per 1,000 adult-years"),
    ("wrongful_share", "  of them wrongful", "share"),
    ("necessity_recorded", "  acts out of necessity recorded", "per 1,000 adult-years"),
    ("others_penalised", "others entered for one record", "subjects"),
    ("penalty_days", "penalties", "days of own income a year"),
    ("sanctioned", "under a sanction at the end", "share of adults"),
    ("acts_share.road.crosswalk", "drivers who do not yield", "share of crossings"),
    ("acts_share.road.speeding", "drivers who speed", "share of occasions"),
    ("acts_share.money.bill", "bills not paid", "share of bills"),
    ("acts_share.nb.deed_seen", "good deeds done where seen", "share of occasions"),
    ("acts_share.nb.deed_unseen", "good deeds done unseen", "share of occasions"),
    ("deeds_for_points", "  seen deeds done only for points", "share"),
    ("restraint_by_fear", "restraint by fear, not principle", "share"),
    ("trust.neighbours", "trust in neighbours at the end", "0 to 1"),
    ("trust.strangers", "trust in strangers at the end", "0 to 1"),
    ("trust.institutions", "trust in institutions at the end", "0 to 1"),
    ("stress", "stress at the end", "units"),
)
