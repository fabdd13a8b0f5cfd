-- Lists by deadline and by priority: what has none comes last, at the end of the year 9999 (ListQuery.Never).
create index complaints_due on complaints ((coalesce(due_at, 253402300799000)), id);
create index complaints_urgent on complaints (priority, (coalesce(due_at, 253402300799000)), id);
