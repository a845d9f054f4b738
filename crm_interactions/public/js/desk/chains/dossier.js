import { is_under_way, shown_percent } from "../../logic/dossier";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { make_dialog } from "../platform/dialog";
import { ask } from "../platform/server";

const EVERY = 1000; // milliseconds

/** Add *Dossier (PDF)* to the menu of a chain's form, for all readers of the chain (B7). */
export function add_dossier_entry(frm) {
	frm.page.add_menu_item(
		__("Dossier (PDF)"),
		one_at_a_time(() => make_dossier(frm.doc.name))
	);
}

/**
 * Start the dossier of a chain and show its progress; download it when it is done.
 *
 * The job goes on without the dialog; the same entry shows its progress again. Sites without a realtime server send no
 * updates, so the progress is asked for.
 */
async function make_dossier(name) {
	const chain = await frappe.xcall("crm_interactions.api.dossier.start", { chain: name });
	const dialog = make_dialog({
		title: __("Dossier of {0}", [chain]),
		asks: false,
		fields: [{ fieldname: "state", fieldtype: "HTML" }],
	});
	dialog.$wrapper.addClass("crm-dossier");
	dialog.show();
	const $state = dialog.fields_dict.state.$wrapper;
	show($state, { state: "waiting" });
	let closed = false;
	dialog.$wrapper.on("hidden.bs.modal", () => (closed = true));
	watch(chain, $state, () => closed);
}

async function watch(chain, $state, is_closed) {
	const progress = await ask("crm_interactions.api.dossier.get_progress", { chain });
	if (is_closed()) return;
	show($state, progress || { state: "waiting" });
	if (progress?.state === "done") return download($state);
	if (!progress || is_under_way(progress)) setTimeout(() => watch(chain, $state, is_closed), EVERY);
}

function show($state, progress) {
	if (progress.state === "failed") {
		$state.empty().append($(`<p class="text-danger mb-0"></p>`).text(progress.problem));
		return;
	}
	const $bar = $(`<div class="progress-bar" role="progressbar"></div>`).css(
		"width",
		`${shown_percent(progress)}%`
	);
	$state.empty().append($(`<div class="progress mb-3"></div>`).append($bar), text_of(progress));
	if (progress.state === "done") $state.append(links(progress.file_url));
}

function text_of({ state, percent, pages }) {
	const texts = {
		waiting: __("Waiting for a background worker."),
		running: __("{0} per cent. You can close this window; the work goes on.", [percent]),
		done: __("The dossier is ready. Pages: {0}.", [pages]),
	};
	return $(`<p role="status"></p>`).text(texts[state]);
}

/** Return links to open and to download the file: browsers on phones may block a download without a touch. */
function links(address) {
	const open = $(`<a class="btn btn-primary btn-sm mr-2" target="_blank" rel="noopener"></a>`)
		.attr("href", address)
		.text(__("Open"));
	const save = $(`<a class="btn btn-default btn-sm" download></a>`)
		.attr("href", address)
		.text(__("Download"));
	return $("<div></div>").append(open, save);
}

function download($state) {
	$state.find("a[download]")[0].click();
}
