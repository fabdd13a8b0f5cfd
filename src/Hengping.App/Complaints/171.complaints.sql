-- By when the respondent has something to do (CaseLists); null where nothing waits for it. Rows from before know
-- what was agreed; the rest of them is there with their next event, or a rebuild.
alter table complaints add column turn_by bigint null;
update complaints set turn_by = due_at where status = 'settled' and due_kind in ('performance', 'proof');
create index complaints_turn on complaints
  (respondent, (coalesce(turn_by, 253402300799000)),
   (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled');
create index complaints_turn_shop on complaints
  (shop, (coalesce(turn_by, 253402300799000)),
   (coalesce(case when due_kind in ('review', 'told') then null else due_at end, 253402300799000)), id)
where status in ('contested', 'inMediation', 'replied', 'settled') and shop is not null;
