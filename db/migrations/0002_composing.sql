-- Composing: drafts of the consolidated paragraphs, their sentences and sources.
-- chapter: the draft of a chapter of the report (overview, problems, next_steps) that belongs to no
-- measure. sources: JSON (store/summaries.py): the sentences with what they go back to, and what the
-- clerk had seen of the units' texts. basis: a hash over the texts the draft was made from, so that
-- drafts whose sources cannot have changed are told without reading them.
ALTER TABLE summaries ADD COLUMN chapter TEXT;
ALTER TABLE summaries ADD COLUMN sources TEXT;
ALTER TABLE summaries ADD COLUMN basis TEXT;
DROP INDEX summaries_by_place;
CREATE UNIQUE INDEX summaries_by_place
  ON summaries (round_id, ifnull(measure_id, ''), ifnull(chapter, ''), version);
