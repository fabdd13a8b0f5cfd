-- The day it is due is the earliest it can end: nobody is late by it.
alter table measures add column provisional boolean not null default false;
-- What is counted again when law or calendar change (CountMeasureTerms).
create index measures_open on measures (id) where ended_at is null;
