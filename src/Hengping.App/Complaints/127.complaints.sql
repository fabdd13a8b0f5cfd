-- Queues of the desk, by priority and deadline: all that somebody may still have to do something about (CaseLists).
create index complaints_live on complaints (priority, (coalesce(due_at, 253402300799000)), id)
where closed_at is null or due_at is not null or marked_at is not null;
-- Lists of one status by when they were filed (ListComplaints), and counts by status.
drop index complaints_queue;
create index complaints_status on complaints (status, filed_at, id);
-- What waits for a merchant's answer (WaitingList), and for that of a shop on a platform.
create index complaints_waiting on complaints (respondent, delivered_at, id)
where status in ('delivered', 'unreached');
create index complaints_waiting_shop on complaints (shop, delivered_at, id)
where status in ('delivered', 'unreached') and shop is not null;
