-- Locked until then: kept by law, and used for nothing. What is over is erased by the round that asks in this order.
alter table accounts add column erases_on bigint null;
create index accounts_locked on accounts (erases_on, id) where erases_on is not null;
