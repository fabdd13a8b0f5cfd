-- Whether a code goes to a number that nobody has an account under: whoever invents numbers spends a part of the day
-- and not all of it.
alter table outbox add column is_stranger boolean not null default false;
drop index outbox_sms;
create index outbox_sms on outbox (counted_at, is_code, is_stranger) where channel = 'sms';
