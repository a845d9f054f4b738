import { blocks_of, seconds_between, SHORTEST_GAP } from "../../logic/feed";
import { gap_text } from "../../logic/gap";
import { as_typed } from "../../logic/stored_text";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { form_link } from "./html";
import { activity_row, add_finish_button, topic_of } from "./panel_rows";

/**
 * Return the blocks of a feed: pinned and planned activities, then the others newest first, with the weeks between them.
 *
 * @param rows in this order; without any, a hint is returned
 * @param by_chain whether past rows are grouped by the chain
 * @param is_current returns whether a row is the activity of the form
 * @param with_chain whether to show the chain of each row
 * @param party_label returns the text of the link to a row's partner, or "" for none
 * @param finish callback with the row to complete
 * @param changed callback after a row was pinned, or taken back
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
	if (key === "pinned") add_heading($block, __("Pinned"));
	if (key === "planned") add_heading($block, __("Planned"));
	if (title) {
		$block.addClass("has-title");
		add_heading($block, "").append(form_link("Interaction Chain", chain, as_typed(title)));
	}
	const with_chain = options.with_chain && !title;
	return $block.append(
		list_of(rows, { ...options, with_chain, with_gaps: ["past", "chain"].includes(key) })
	);
}

function add_heading($block, text) {
	return $(`<h6 class="crm-feed-title"></h6>`).text(text).appendTo($block);
}

/** Return a list of rows; the current activity has its button on the form. */
export function list_of(rows, { with_gaps, is_current, finish, changed, ...look }) {
	const now = frappe.datetime.system_datetime();
	const $list = $(`<ol class="crm-chain-rows"></ol>`);
	rows.forEach((row, index) => {
		const $row = activity_row(row, now, look).toggleClass("current", is_current(row)).appendTo($list);
		add_pin($row, row, changed);
		if (!is_current(row)) add_finish_button($row, row, finish);
		const older = with_gaps && rows[index + 1];
		const gap = older ? seconds_between(older, row) : 0;
		if (gap >= SHORTEST_GAP) {
			$list.append($(`<li class="crm-chain-gap"></li>`).text(gap_text(gap, __)));
		}
	});
	return $list;
}

/** Add the button that pins a row for all readers of its chain, for users who may write chains. */
function add_pin($row, row, changed) {
	if (!row.chain || !frappe.model.can_write("Interaction Chain")) return;
	const { activity_type, activity } = row;
	const is_pinned = Boolean(Number(row.pinned || 0));
	const topic = topic_of(row);
	$(`<button type="button" class="btn-reset crm-pin"></button>`)
		.text(is_pinned ? __("Unpin") : __("Pin"))
		.attr("aria-label", is_pinned ? __("Unpin: {0}", [topic]) : __("Pin: {0}", [topic]))
		.on(
			"click",
			one_at_a_time(async () => {
				const args = { activity_type, activity, pinned: is_pinned ? 0 : 1 };
				await frappe.xcall("crm_interactions.api.feed.pin", args);
				changed();
			})
		)
		.appendTo($("<span></span>").appendTo($row.find(".crm-chain-facts")));
}
