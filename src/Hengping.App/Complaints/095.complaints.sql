-- Settlements that were not performed are few: a merchant's page counts them without reading its cases.
create index complaints_broken on complaints (respondent) where not_performed > 0;
