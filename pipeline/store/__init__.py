"""Archive, journal, submissions, observations, findings, releases: the only room that knows SQL."""
