-- The day it is due is the earliest it can end: nobody is late by it.
alter table appeals add column provisional boolean not null default false;
-- What is counted again when law or calendar change (CountAppealTerms).
create index appeals_open on appeals (id) where status = 'submitted';
