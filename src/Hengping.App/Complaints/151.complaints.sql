-- What is open with a merchant, by its sum (CaseLists, WaitingList); the same of a shop on a platform.
create index complaints_sums on complaints (respondent, (coalesce(amount_cents, 0)), id)
where status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled');
create index complaints_sums_shop on complaints (shop, (coalesce(amount_cents, 0)), id)
where status in ('delivered', 'unreached', 'contested', 'inMediation', 'replied', 'settled') and shop is not null;
