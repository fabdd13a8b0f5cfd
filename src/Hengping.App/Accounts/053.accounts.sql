-- A consumer's mail address, once a code came back from it: the second way in.
alter table accounts add column mail_print text null;
create index accounts_mail on accounts (mail_print) where mail_print is not null;
