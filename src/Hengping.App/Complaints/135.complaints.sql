-- What a merchant has begun to answer, by the deadline it may know of (CaseLists); the same of a shop on a platform.
create index complaints_begun on complaints
  (respondent, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled');
create index complaints_begun_shop on complaints
  (shop, (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled') and shop is not null;
