-- What else was reported about the same, newest first (RepeatedReports).
drop index reports_respondent;
create index reports_respondent on reports (respondent, breach, received_at, id);
