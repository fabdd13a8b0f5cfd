-- Names as they are compared (FoldedName). Rows from before are filled when the store is next opened.
alter table merchants add column folded text null;
create index merchants_folded on merchants (folded);
