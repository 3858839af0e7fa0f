"""The lowest room: context, time, ids, errors, database, event chain and job port. No domain word in here."""
