-- People of one merchant, owners first (Team).
drop index accounts_merchant;
create index accounts_merchant on accounts (merchant, opened_at, id) where merchant is not null;
