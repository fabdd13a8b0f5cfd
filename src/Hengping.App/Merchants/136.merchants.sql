-- Names that hold what was typed, in their order (MerchantSearch), and what was merged into one entry.
drop index merchants_folded;
create index merchants_folded on merchants (folded, name, id);
drop index merchants_merged;
create index merchants_merged on merchants (merged_into, name, id) where merged_into is not null;
