"""Published files, read as they were downloaded, into the tables of a case; nothing is fetched."""
