-- Lists over open cases (decision 66): what has ended and waits for nobody is in none of these.
-- By deadline, and of each status by priority and deadline. What a filter asks of a row stands behind the order, so
-- that what it does not let through is not opened.
drop index complaints_due;
drop index complaints_urgent;
drop index complaints_live;
create index complaints_due on complaints
  ((coalesce(due_at, 253402300799000)), id, status, priority, sector, problem, filed_at)
where closed_at is null or due_at is not null or marked_at is not null;
create index complaints_open on complaints
  (status, priority, (coalesce(due_at, 253402300799000)), id, sector, problem, filed_at)
where closed_at is null or due_at is not null or marked_at is not null;
-- What one member of staff has begun, as the desk's queue has it.
create index complaints_owner on complaints
  (first_owner, priority, (coalesce(due_at, 253402300799000)), id, status)
where (closed_at is null or due_at is not null or marked_at is not null) and first_owner is not null;
-- What was asked for or is to be told, and what the word list found: as the desk's queue has it.
drop index complaints_told;
create index complaints_asked on complaints (due_kind, priority, (coalesce(due_at, 253402300799000)), id)
where due_kind in ('review', 'validity', 'told');
drop index complaints_marked;
create index complaints_marked on complaints (priority, (coalesce(due_at, 253402300799000)), id)
where marked_at is not null;
-- What is open with a merchant, of each status by the deadline it may know of; the same of a shop on a platform.
drop index complaints_begun;
drop index complaints_begun_shop;
create index complaints_reached on complaints
  (respondent, status,
   (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id,
   sector, problem, filed_at)
where status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled');
create index complaints_reached_shop on complaints
  (shop, status, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled') and shop is not null;
-- By when they were filed, of one sector, of one problem, and of what is urgent, which is little.
create index complaints_sector on complaints (sector, filed_at, id);
create index complaints_problem on complaints (problem, filed_at, id);
create index complaints_danger on complaints (priority, filed_at, id) where priority in ('p0', 'p1');
