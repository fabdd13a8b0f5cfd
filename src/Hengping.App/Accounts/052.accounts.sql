-- A merchant's team: who may write, for which shops, who covers whom, who gets the daily digest.
alter table accounts add column team text null;
alter table accounts add column shops text null;
alter table accounts add column away_from bigint null;
alter table accounts add column away_to bigint null;
alter table accounts add column cover uuid null;
alter table accounts add column digest boolean not null default false;
create index accounts_merchant on accounts (merchant) where merchant is not null;
