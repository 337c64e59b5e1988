-- What waits at a node of the tree: the blank entries of a round without a walk through all of it.
CREATE INDEX expected_entries_blank ON expected_entries (round_id, measure_id, expected_return_id)
  WHERE covered = 0 AND exempt = 0;
