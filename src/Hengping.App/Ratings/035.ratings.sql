-- What to expect of a merchant with a kind of problem: its latest cases, newest first.
create index rating_cases_expect on rating_cases (merchant, side, problem, delivered_at);
