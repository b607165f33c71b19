#!/bin/sh
# Makes the schema of each office of a Dabiao a distributed schema of Citus, one after the other: all tables of an office
# on one machine, offices on many. Not run here: see docs/scale.md. End the program first, and make a backup.
# usage: distribute.sh 'postgres://dabiao@coordinator/offices'
set -eu
address=$1
psql "$address" -At -c "SELECT n.nspname FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
	WHERE c.relname = 'dabiao_own' AND n.nspname <> 'public'
	AND NOT EXISTS (SELECT 1 FROM citus_schemas s WHERE s.schema_name = n.nspname::regnamespace) ORDER BY 1" |
while read -r schema; do
	echo "$schema"
	psql "$address" -v ON_ERROR_STOP=1 -v schema="$schema" -q <<'SQL'
SELECT citus_schema_distribute(:'schema');
SQL
done
