#!/bin/sh
# Runs once, when the database is created: the owner of the tables, and the application's role, which owns nothing.
set -eu
psql --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=mocua \
  --set=owner="$(cat /run/secrets/database_owner_password)" --set=application="$(cat /run/secrets/database_password)" <<'SQL'
create role mc_owner login nosuperuser nocreatedb nocreaterole nobypassrls password :'owner';
create role mc_app login nosuperuser nocreatedb nocreaterole nobypassrls password :'application';
alter database mocua owner to mc_owner;
grant usage on schema public to mc_app;
alter default privileges for role mc_owner grant select, insert, update, delete on tables to mc_app;
alter default privileges for role mc_owner grant usage, select on sequences to mc_app;
SQL
