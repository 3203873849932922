"""The tender pack: law checks, papers to publish, schedules to fill in, the record of the decision."""
