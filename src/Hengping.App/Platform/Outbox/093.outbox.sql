-- When an SMS was counted against its phone and the day (null: it is when it goes out), and whether it brings a code:
-- codes keep a share of the day of their own.
alter table outbox add column counted_at bigint null;
alter table outbox add column is_code boolean not null default false;
update outbox set counted_at = made_at where channel = 'sms';
drop index outbox_sms;
create index outbox_sms on outbox (counted_at, is_code) where channel = 'sms';
