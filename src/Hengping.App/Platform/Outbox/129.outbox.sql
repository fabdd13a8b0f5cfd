-- What is not sent, the failed ones by themselves (OutboxDesk).
drop index outbox_unsent;
create index outbox_unsent on outbox (state, made_at, id) where state = 'waiting' or state = 'failed';
