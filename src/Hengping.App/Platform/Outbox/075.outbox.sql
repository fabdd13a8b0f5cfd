-- Messages about a case go with it.
create index outbox_complaint on outbox (complaint) where complaint is not null;
