"""What a command ends with."""

FAULTS = 1  # faults in the tables, breaches found by the audit, or something that could not be kept or read
NO_PLAN = 3  # no plan within the limits
STOPPED = 130  # Ctrl-C before there was any plan
