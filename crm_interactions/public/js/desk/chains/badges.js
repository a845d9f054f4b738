import { badges_of } from "../../logic/chain";
import { write } from "./api";
import { kind_label, kind_tile, kinds } from "./kinds";
import { open_of_chain } from "../lists/open_list";

/**
 * Patch a list to show badges with the number of documents by type in each row's chain after each rendering (R18).
 *
 * Call once per list. Zeros, and a row that is the only one of its type, have no badge; a click opens the documents.
 * One POST request per rendering reads the counts, because a URL is too short for the names.
 */
export function show_badges(list_view) {
	if (list_view.view_name !== "List" || !kinds().length) return;
	const render_list = list_view.render_list;
	list_view.render_list = function (...args) {
		render_list.apply(this, args);
		load(this);
	};
}

async function load(list_view) {
	const { doctype, data } = list_view;
	const activities = data.map((row) => row.name);
	if (!activities.length) return;
	const counts = await write("counts", { activity_type: doctype, activities });
	// the list was refreshed: a later request is pending
	if (list_view.data !== data) return;
	const rows = new Map(data.map((row) => [row.name, row]));
	list_view.$result.find(".list-row-container").each((_, element) => {
		const $row = $(element);
		const row = rows.get($row.find(".list-row-checkbox").attr("data-name"));
		if (!row || $row.find(".crm-badges").length) return;
		const found = badges_of(counts[row.name], kinds(), doctype);
		if (!found.length) return;
		const $badges = $(`<span class="crm-badges level-item"></span>`).append(
			found.map((kind) => badge(row.chain, kind))
		);
		$row.find(".list-subject").first().append($badges);
	});
}

function badge(chain, kind) {
	const title = __("Open {0} of the chain: {1}", [kind_label(kind.doctype), kind.count]);
	return $(`<button type="button" class="btn crm-badge"></button>`)
		.attr({ title, "aria-label": title, "data-doctype": kind.doctype })
		.append(kind_tile(kind, "crm-kind-plain"), $("<span></span>").text(kind.count))
		.on("click", (event) => {
			event.preventDefault();
			event.stopPropagation();
			open_of_chain(chain, kind.doctype);
		});
}
