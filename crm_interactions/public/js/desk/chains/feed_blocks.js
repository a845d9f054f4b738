import { blocks_of, seconds_between, SHORTEST_GAP } from "../../logic/feed";
import { gap_text } from "../../logic/gap";
import { as_typed } from "../../logic/stored_text";
import { form_link } from "./html";
import { activity_row, add_finish_button } from "./panel_rows";

/**
 * Return the blocks of a feed: planned activities, then the others newest first, with the weeks between them.
 *
 * @param rows planned ones first; without any, a hint is returned
 * @param by_chain whether past rows are grouped by the chain
 * @param is_current returns whether a row is the activity of the form
 * @param with_chain whether to show the chain of each row
 * @param party_label returns the text of the link to a row's partner, or "" for none
 * @param finish callback with the row to complete
 * @param empty the hint
 */
export function feed_blocks(rows, options) {
	if (!rows.length) {
		return [$(`<div class="crm-chain-empty text-muted"></div>`).text(options.empty)];
	}
	return blocks_of(rows, options.by_chain).map((block) => draw(block, options));
}

function draw({ key, chain, title, rows }, options) {
	const $block = $(`<section class="crm-feed-block"></section>`).attr("data-block", key);
	if (key === "planned") add_heading($block, __("Planned"));
	if (title) {
		$block.addClass("has-title");
		add_heading($block, "").append(form_link("Interaction Chain", chain, as_typed(title)));
	}
	const with_chain = options.with_chain && !title;
	return $block.append(list_of(rows, { ...options, with_chain, with_gaps: key !== "planned" }));
}

function add_heading($block, text) {
	return $(`<h6 class="crm-feed-title"></h6>`).text(text).appendTo($block);
}

/** Return a list of rows; the current activity has its button on the form. */
export function list_of(rows, { with_gaps, is_current, finish, ...look }) {
	const now = frappe.datetime.system_datetime();
	const $list = $(`<ol class="crm-chain-rows"></ol>`);
	rows.forEach((row, index) => {
		const $row = activity_row(row, now, look).toggleClass("current", is_current(row)).appendTo($list);
		if (!is_current(row)) add_finish_button($row, row, finish);
		const older = with_gaps && rows[index + 1];
		const gap = older ? seconds_between(older, row) : 0;
		if (gap >= SHORTEST_GAP) {
			$list.append($(`<li class="crm-chain-gap"></li>`).text(gap_text(gap, __)));
		}
	});
	return $list;
}
