-- The account an authority reads by (ListReports). What was referred before names the authority alone.
alter table reports add column authority_account uuid null;
drop index reports_authority;
create index reports_authority on reports (authority, (coalesce(due_at, 253402300799000)), received_at desc, id)
where authority is not null and authority_account is null;
create index reports_account on reports
  (authority_account, (coalesce(due_at, 253402300799000)), received_at desc, id)
where authority_account is not null;
