-- When the word list last found something in what a party said: until a member of staff has opened the case after that,
-- it stands in the queue of the desk.
alter table complaints add column marked_at bigint null;
create index complaints_marked on complaints (marked_at) where marked_at is not null;
