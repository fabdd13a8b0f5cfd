-- The list as it is asked for (ListReports): open ones by deadline, then the newest first.
drop index reports_due;
create index reports_due on reports ((coalesce(due_at, 253402300799000)), received_at desc, id);
drop index reports_authority;
create index reports_authority on reports (authority, (coalesce(due_at, 253402300799000)), received_at desc, id)
where authority is not null;
