-- Codes that were never used go away when their time is over.
create index sign_in_codes_end on sign_in_codes (expires_at);
