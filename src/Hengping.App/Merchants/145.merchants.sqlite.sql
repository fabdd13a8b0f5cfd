-- What an entry is found by while its name is typed (MerchantKeys): heard from the log, made again by rebuild.
create table merchant_keys (
  key text not null,
  merchant uuid not null,
  primary key (key, merchant)
) without rowid;
