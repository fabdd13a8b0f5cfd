-- Which data directory has the files of this store: what its mark says. A node with another one would take files that
-- no other node finds.
alter table store_state add column data uuid null;
