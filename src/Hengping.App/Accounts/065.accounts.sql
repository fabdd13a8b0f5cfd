-- The department a member of staff belongs to, by its code; whether it still stands is the operator's word.
alter table accounts add column department text null;
