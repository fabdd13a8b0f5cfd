-- What was erased or locked, the last first: after a start the jobs of keeping look whether its keys are gone. Without
-- this each of them read the log from its end until it had found some.
create index events_of_endings on events (kind, position) where kind like '%.erased' or kind like '%.locked';
