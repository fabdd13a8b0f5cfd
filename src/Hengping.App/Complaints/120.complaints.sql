-- A redirect takes the shop away from a case: it was a party of the platform before. Rows from before still name it;
-- a case that reached two companies was redirected.
update complaints set shop = null
where shop is not null
  and id in (select complaint from rating_cases group by complaint having count(distinct merchant) > 1);
