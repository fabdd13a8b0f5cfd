drop index sessions_account;
create index sessions_account on sessions (account, seen_at, id);
