-- The entries of one firm: a ban follows its credit code (令117 art. 14).
create index merchants_uscc on merchants (uscc, name, id) where uscc is not null;
