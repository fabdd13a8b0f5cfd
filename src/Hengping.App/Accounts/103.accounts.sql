-- Accounts that were closed or erased are few among all: the round that finishes erasures looks at them.
create index accounts_gone on accounts (id) where not live;

-- When somebody failed last: failures go after a day. Those from before count from the next one.
alter table sign_in_failures add column failed_at bigint not null default 0;
