-- What is not sent is few among what was.
create index outbox_unsent on outbox (made_at, id) where state in ('waiting', 'failed');
drop index outbox_made;
create index outbox_made on outbox (made_at, id);
