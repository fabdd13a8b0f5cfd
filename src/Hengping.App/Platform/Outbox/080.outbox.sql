-- How many SMS a day has had.
create index outbox_sms on outbox (made_at) where channel = 'sms';
