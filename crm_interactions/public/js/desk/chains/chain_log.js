import { as_typed } from "../../logic/stored_text";
import { can_be_undone, log_sentence } from "../../logic/chain_log";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { chain_link, day_and_time, escaped, form_link } from "./html";
import { undo } from "./undo";

const LOG = "Interaction Chain Log";
const MOST = 20;
const FIELDS = [
	"name",
	"owner",
	"creation",
	"chain",
	"action",
	"other_chain",
	"note",
	"activity_type",
	"activity",
	"subject_type_before",
	"subject_before",
	"subject_type_after",
	"subject_after",
	"result_before",
	"result_after",
	"undone_on",
	"undone_by",
];

const show = {
	chain: (name) => chain_link(name),
	activity: ({ activity_type, activity }) => form_link(activity_type, activity),
	subject: (doctype, name) => (name ? form_link(doctype, name) : ""),
	text: escaped,
};

/** Show the last 20 log entries, newest first, undoable ones with *Undo* if permitted; no section without entries. */
export async function show_log(frm) {
	const { docname } = frm;
	const entries = await entries_of(docname);
	if (frm.docname !== docname) return;
	frm.dashboard.parent.find(".crm-log-section").remove();
	if (!entries.length) return;
	const $list = $(`<ul class="crm-log"></ul>`);
	for (const entry of entries) $list.append(log_row(frm, entry));
	frm.dashboard.add_section($list, __("Chain Log"), "custom crm-log-section");
}

async function entries_of(chain) {
	const of = (field) =>
		frappe.db.get_list(LOG, {
			filters: { [field]: chain },
			fields: FIELDS,
			order_by: "creation desc",
			limit: MOST,
		});
	const found = (await Promise.all([of("chain"), of("other_chain")])).flat();
	const entries = [...new Map(found.map((entry) => [entry.name, entry])).values()]
		.sort((a, b) => (a.creation < b.creation ? 1 : -1))
		.slice(0, MOST);
	await Promise.all(entries.map(count_moves));
	return entries;
}

/** Add `moved` to a join or split: the number of activities that it moved. */
async function count_moves(entry) {
	const filters = {
		Join: { from_chain: entry.other_chain },
		Split: { to_chain: entry.other_chain },
	}[entry.action];
	if (!filters) return;
	entry.moved = await frappe.db.count("Interaction Chain Move", {
		filters: { log: entry.name, ...filters },
	});
}

function log_row(frm, entry) {
	const $row = $(`<li class="crm-log-entry"></li>`).attr("data-action", entry.action);
	const $main = $("<div></div>").appendTo($row);
	$main.append($("<div></div>").html(log_sentence(entry, frm.docname, show, __)));
	const who = [full_name(entry.owner), day_and_time(entry.creation)];
	$(`<div class="text-muted small"></div>`)
		.text(entry.undone_on ? undone_sentence(entry, who) : __("{0} on {1}", who))
		.appendTo($main);
	if (entry.undone_on) $row.addClass("undone");
	if (can_be_undone(entry) && frappe.model.can_write("Interaction Chain")) {
		$(`<button type="button" class="btn btn-default btn-xs"></button>`)
			.text(__("Undo"))
			.on(
				"click",
				one_at_a_time(async () => {
					await undo(entry.name);
					frm.reload_doc();
				})
			)
			.appendTo($row);
	}
	return $row;
}

function undone_sentence(entry, who) {
	return __("{0} on {1}; undone by {2} on {3}", [
		...who,
		full_name(entry.undone_by),
		day_and_time(entry.undone_on),
	]);
}

/** Return the full name, never "You": other users read the sentence too. */
function full_name(user) {
	return as_typed(frappe.user_info(user).fullname || user);
}
