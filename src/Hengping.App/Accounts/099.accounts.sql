-- Staff are few among accounts.
create index accounts_staff on accounts (opened_at) where role not in ('claimant', 'merchant');
