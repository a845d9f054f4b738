/** States of the job that makes a dossier; crm_interactions/api/dossier.py describes them. */
const OVER = ["done", "failed"];

/** Return whether the job still has to be asked for its progress. */
export const is_under_way = (progress) => Boolean(progress) && !OVER.includes(progress.state);

/** Return the width of the progress bar in per cent, at least a small one, so that the bar shows. */
export const shown_percent = ({ state, percent }) => (state === "done" ? 100 : Math.max(percent || 0, 3));
