-- Which store this is: drawn at its first opening, and in no backup, so that a restored copy is another one. The keys
-- directory remembers it.
alter table store_state add column id uuid null;
