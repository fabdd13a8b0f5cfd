-- Since when it takes part, for lists of merchants.
alter table merchants add column enrolled_at bigint null;
update merchants set enrolled_at = (
  select e.at from events e where e.stream = merchants.id and e.kind = 'merchant.enrolled'
  order by e.version desc limit 1
) where enrolled;
