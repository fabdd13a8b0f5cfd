-- When the next matter that waits for answers is over. Matters that waited already when this column came are told of
-- after the next event of their joint complaint, or a rebuild.
alter table joints add column expires_at bigint null;
create index joints_expires on joints (expires_at) where expires_at is not null;
