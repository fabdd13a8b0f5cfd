-- By which a report under a name is found where whoever made it has no account: a keyed hash of the phone they gave.
-- Empty where there is none; what is null is filled at the next opening.
alter table reports add column contact_print text null;
update reports set contact_print = '' where anonymous or erased or reporter is not null;
create index reports_contact on reports (contact_print) where contact_print <> '';
create index reports_unfilled on reports (id) where contact_print is null;
