import { seconds_left } from "../../logic/backfill";
import { reason_label } from "../capture/refusals";
import { ask } from "../platform/server";

const EVERY = 3000; // milliseconds

/** Show *Count* and *Bring In* for stored mail, calls and messages on the settings form, and the progress of a run. */
export async function watch_backfill(frm) {
	clearTimeout(frm.backfill_timer);
	if (!frm.perm[0]?.write || !frm.fields_dict.backfill) return;
	show(frm, await ask("crm_interactions.api.capture.get_backfill"));
}

function show(frm, run) {
	const $field = frm.fields_dict.backfill.$wrapper.empty();
	if (run) $field.append(progress_of(run), counts_of(run));
	if (!run?.running) $field.append(button(frm, __("Count"), 1), button(frm, __("Bring In"), 0));
	const visible = () => window.cur_frm === frm && document.body.contains($field[0]);
	if (run?.running) frm.backfill_timer = setTimeout(() => visible() && watch_backfill(frm), EVERY);
}

function button(frm, label, dry_run) {
	return $(`<button type="button" class="btn btn-default btn-sm mr-2"></button>`)
		.text(label)
		.on("click", async () => {
			await frappe.xcall("crm_interactions.api.capture.backfill", { dry_run });
			watch_backfill(frm);
		});
}

function progress_of(run) {
	const values = [run.done, run.total];
	if (run.finished) {
		const text = run.dry_run
			? __("Documents counted: {0}.", [run.done])
			: __("Documents brought in: {0}.", [run.done]);
		return $("<p></p>").text(text);
	}
	if (run.running && !run.total) return $("<p></p>").text(__("Waiting to start."));
	const left = seconds_left(run);
	const text = run.running
		? __("{0} of {1} documents.", values)
		: __("Stopped after {0} of {1} documents. Start again to go on.", values);
	const time =
		run.running && left ? ` ${__("About {0} left.", [frappe.utils.get_formatted_duration(left)])}` : "";
	return $("<p></p>").text(text + time);
}

function counts_of({ counts }) {
	const rows = Object.entries(counts || {}).sort((a, b) => b[1] - a[1]);
	return $(`<ul class="list-unstyled"></ul>`).append(
		rows.map(([result, number]) => $("<li></li>").text(`${reason_label(result)}: ${number}`))
	);
}
