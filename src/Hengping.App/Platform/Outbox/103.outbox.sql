-- What can still be read of what is over, and codes: both go after days.
update outbox set is_code = true where substr(once, 1, 5) = 'code:';
create index outbox_readable on outbox (made_at) where length(box) > 8;
create index outbox_codes on outbox (made_at) where is_code;
