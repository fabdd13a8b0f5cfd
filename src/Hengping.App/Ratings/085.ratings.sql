-- Sums by day and month now count how often each score was given: they are made again from the events.
delete from rating_cells;
delete from rating_cases;
delete from checkpoints where name = 'ratings';
