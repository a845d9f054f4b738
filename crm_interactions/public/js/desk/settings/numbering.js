import { ask } from "../platform/server";
import { toast } from "../platform/toast";

const EVERY = 3000; // milliseconds

/**
 * Show the progress of numbering on the settings form, with *Resume* for an interrupted job; alert at a job's end.
 *
 * Reads every three seconds while a job runs and the form is shown; a failed read ends that. Without write permission
 * on the settings, it does nothing. The promise resolves after the first read.
 */
export async function watch_numbering(frm) {
	clearTimeout(frm.numbering_timer);
	if (!frm.perm[0]?.write) return;
	show(frm, (await ask("crm_interactions.api.settings.get_numbering")) || []);
}

function show(frm, rows) {
	const known = frm.numbering || [];
	frm.numbering = rows.map((row) => row.doctype);
	for (const doctype of known.filter((name) => !frm.numbering.includes(name))) {
		const address = frappe.utils.escape_html(`/app/${frappe.router.slug(doctype)}`);
		const link = `<a href="${address}">${frappe.utils.escape_html(__(doctype))}</a>`;
		toast(__("{0}: all documents have their reference number.", [link]));
	}
	const $field = frm.fields_dict.numbering.$wrapper.empty();
	rows.forEach((row) => line(frm, row).appendTo($field));
	const visible = () => window.cur_frm === frm && document.body.contains($field[0]);
	if (rows.some((row) => row.running)) {
		frm.numbering_timer = setTimeout(() => visible() && watch_numbering(frm), EVERY);
	}
}

function line(frm, { doctype, done, total, running }) {
	const percent = total ? Math.floor((done * 100) / total) : 0;
	const values = [__(doctype), done, total];
	const text = running
		? __("{0}: {1} of {2} documents have been numbered. Numbering continues in the background.", values)
		: __("{0}: numbering stopped after {1} of {2} documents. Press Resume to continue.", values);
	const $line = $('<div class="crm-numbering">');
	$("<p>").text(text).appendTo($line);
	if (!running) {
		$('<button class="btn btn-default btn-xs">')
			.text(__("Resume"))
			.on("click", () => resume(frm, doctype))
			.appendTo($line);
		return $line;
	}
	const $bar = $('<div class="progress-bar" role="progressbar">').css("width", `${percent}%`);
	return $line.append($('<div class="progress">').append($bar));
}

async function resume(frm, doctype) {
	await frappe.xcall("crm_interactions.api.settings.continue_numbering", { doctype });
	return watch_numbering(frm);
}
