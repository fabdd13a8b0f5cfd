-- Under a legal hold: neither age nor its claimant's wish erases the case.
alter table complaints add column held boolean not null default false;
