-- What a merchant has begun to answer, by the deadline it may know of (CaseLists); the same of a shop on a platform.
create index complaints_begun on complaints
  (respondent, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled');
create index complaints_begun_shop on complaints
  (shop, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled') and shop is not null;
-- All cases of a merchant by that deadline (ListComplaints), what it filed by every deadline, and of a respondent those
-- whose deadline it may not know of, for staff.
create index complaints_known_due on complaints
  (respondent, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id);
create index complaints_known_due_shop on complaints
  (shop, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where shop is not null;
create index complaints_filed_due on complaints (claimant_merchant, (coalesce(due_at, 253402300799000)), id)
where claimant_merchant is not null;
create index complaints_hidden_due on complaints (respondent, (coalesce(due_at, 253402300799000)), id)
where due_kind in ('review', 'told');
